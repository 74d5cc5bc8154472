import type { Duty } from '@/kit/duties'

interface Pages {
  pages: { items: Duty[] }[]
}

const isPages = (v: unknown): v is Pages => typeof v === 'object' && v !== null && Array.isArray((v as Pages).pages)

/** replaceDuty puts a changed duty into the loaded pages of a list; anything else is given back as it is. */
export function replaceDuty(data: unknown, after: Duty): unknown {
  if (!isPages(data)) return data
  return {
    ...data,
    pages: data.pages.map((p) =>
      p.items.some((d) => d.id === after.id) ? { ...p, items: p.items.map((d) => (d.id === after.id ? after : d)) } : p,
    ),
  }
}
