import { useCallback, useSyncExternalStore } from 'react'

/** useMedia follows a media query without a flash: the first render already has the answer. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const m = window.matchMedia(query)
      m.addEventListener('change', changed)
      return () => m.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** useMobile is true below 768 px, where lists become cards and drawers fill the screen. */
export const useMobile = (): boolean => useMedia('(max-width: 767px)')
