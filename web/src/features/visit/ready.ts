import { useEffect } from 'react'

/** useReadyOnTheSpot fetches what a visit needs on the spot while there is a network. */
export function useReadyOnTheSpot(): void {
  useEffect(() => {
    void Promise.all([import('./VisitPanel'), import('./UnsentBar'), import('./CameOfIt')]).catch(() => undefined)
  }, [])
}
