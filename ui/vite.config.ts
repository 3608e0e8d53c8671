import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { smallFonts } from './fonts'

// The page is served from a custom scheme in the window and from a plain folder by the test server: relative addresses.
export default defineConfig({
  base: './',
  plugins: [svelte(), smallFonts()],
  // WebView2 and WebKitGTK 2.40 are the oldest engines the product meets.
  build: { target: 'es2022', outDir: 'dist', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { fs: { allow: ['..'] }, proxy: { '/api': 'http://127.0.0.1:4170', '/events': 'http://127.0.0.1:4170' } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
