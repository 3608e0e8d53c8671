// What the set-up asks for, in the order of the sources.
import type { SetupArgs } from '../backend/generated/types'

export type Address = Exclude<keyof SetupArgs, 'secrets'>

export interface SourceFields {
  title: string
  fields: { key: Address; label: string; hint: string }[]
  /** Environment names of the secrets that belong to the source. */
  secrets: string[]
}

export const addresses: SourceFields[] = [
  {
    title: 'VNeID',
    fields: [
      { key: 'issuer', label: 'Địa chỉ VNeID (issuer)', hint: 'https://…' },
      { key: 'clientId', label: 'Mã ứng dụng đăng ký tại VNeID', hint: 'client id' },
    ],
    secrets: ['PVHCC_VNEID_CLIENT_SECRET'],
  },
  {
    title: 'Trục tích hợp của tỉnh',
    fields: [{ key: 'gateway', label: 'Địa chỉ Trục tích hợp', hint: 'https://…' }],
    secrets: ['PVHCC_GATEWAY_TOKEN'],
  },
  {
    title: 'Cổng DVCQG qua Security Server',
    fields: [
      { key: 'portal', label: 'Địa chỉ Security Server', hint: 'https://…' },
      { key: 'dstcode', label: 'Mã thành viên đích (dstcode)', hint: 'VN:GOV:…' },
      { key: 'providerUrl', label: 'Địa chỉ nhà cung cấp (providerurl)', hint: 'https://…' },
      { key: 'unitCode', label: 'Mã đơn vị (madonvi)', hint: 'H21' },
      { key: 'username', label: 'Tài khoản kết nối', hint: 'tài khoản' },
    ],
    secrets: ['PVHCC_PORTAL_PASSWORD'],
  },
]
