#!/usr/bin/env node
// Stands for the system's browser and the person before it (PVHCC_BROWSER): signs in as PVHCC_TEST_USER.
import { signInAt } from './signin.mjs'

await signInAt(process.argv[2], process.env.PVHCC_TEST_USER ?? 'staff')
