// The package's types on the registry lack `keepFeatures`.
declare module 'subset-font' {
  export default function subsetFont(font: Buffer, text: string, options: { targetFormat: 'truetype'; keepFeatures: string[] }): Promise<Buffer>
}
