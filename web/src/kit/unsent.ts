import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '@/app/account'
import { useConfirm } from './useConfirm'

const CHANGED = 'kezhi:unsent'
const keyOf = (user: string): string => `kezhi.unsent.${user}`

/** unsentOf counts what a person entered on this device without a network and what is not sent yet. */
export const unsentOf = (user: string): number => Number(localStorage.getItem(keyOf(user))) || 0

/** markUnsent keeps that count where every page can see it without opening the queue. */
export function markUnsent(user: string, n: number): void {
  if (n > 0) localStorage.setItem(keyOf(user), String(n))
  else localStorage.removeItem(keyOf(user))
  window.dispatchEvent(new Event(CHANGED))
}

function subscribe(l: () => void): () => void {
  window.addEventListener(CHANGED, l)
  window.addEventListener('storage', l)
  return () => {
    window.removeEventListener(CHANGED, l)
    window.removeEventListener('storage', l)
  }
}

/** useUnsent follows the count of the signed-in person; what others left on this device is not theirs. */
export function useUnsent(): number {
  const me = useMe()
  return useSyncExternalStore(subscribe, () => (me ? unsentOf(me.id) : 0))
}

/** useMayLeave asks before a person signs out with entries that are not sent; it resolves true when they go. */
export function useMayLeave(): () => Promise<boolean> {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const n = useUnsent()
  return async () =>
    n === 0 ||
    confirm({
      title: t('app.unsent.leave', { count: n }),
      text: t('app.unsent.leave_text'),
      ok: t('app.sign_out'),
      danger: true,
    })
}
