#!/usr/bin/env node
// Stands for the system's browser and the person before it (PVHCC_BROWSER): signs in as PVHCC_TEST_USER, or out.
import { signInAt, signOutAt } from './signin.mjs'

const url = process.argv[2]
if (new URL(url).pathname.endsWith('/logout')) await signOutAt(url)
else await signInAt(url, process.env.PVHCC_TEST_USER ?? 'staff')
