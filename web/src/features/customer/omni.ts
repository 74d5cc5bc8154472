import i18next from 'i18next'
import { http } from '@/api/client'
import { needWords } from '@/app/i18n'
import type { OmniProvider } from '@/kit/commands'

/** Finds customers for the command menu by name, pinyin, initials, code, telephone or contact. */
export const omni: OmniProvider = {
  search: async (q, signal, go) => {
    const [{ data }] = await Promise.all([
      http.GET('/api/v1/search', { params: { query: { q } }, signal }),
      needWords('customer'),
    ])
    return (data?.items ?? []).map((h) => ({
      id: `customer.${h.id}`,
      label: h.name,
      group: 'found',
      hint: hint(h),
      run: () => go(`/customers/${h.id}`),
    }))
  },
}

/** The code, and what it was found by where that is neither name nor code. */
function hint(h: { code: string; field: string; text: string }): string {
  if (h.field === 'name' || h.field === 'code') return h.code
  return `${h.code} · ${i18next.t(`customer.found_by.${h.field}`)} ${h.text}`
}
