import { queryOptions, useQuery } from '@tanstack/react-query'
import { http, type Me } from '@/api/client'
import { forgetKept } from '@/api/kept'
import { queryClient } from './queryClient'

/** The signed-in person. Fails with ApiError 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async (): Promise<Me> => {
    const { data } = await http.GET('/api/v1/me')
    return data as Me
  },
  staleTime: 300_000,
  retry: false,
})

/** useMe is the signed-in person; undefined outside the shell. */
export function useMe(): Me | undefined {
  return useQuery({ ...meQuery, enabled: false }).data
}

/** signIn opens a session; refusals are thrown as ApiError. */
export async function signIn(login: string, password: string): Promise<Me> {
  await forgetKept()
  const { data } = await http.POST('/api/v1/session', { body: { login, password } })
  return signedIn(data as Me)
}

/** signedIn notes who signed in. */
export function signedIn(me: Me): Me {
  queryClient.setQueryData(meQuery.queryKey, me)
  return me
}

/** Without a network the session goes on at the server, but nothing of it stays on this device. */
async function forgetAll(): Promise<void> {
  await forgetKept()
  queryClient.clear()
}

/** signOut ends the session and forgets everything that was loaded. */
export async function signOut(): Promise<void> {
  await http.DELETE('/api/v1/session').finally(forgetAll)
}

/** signOutEverywhere ends all sessions of the person, this one too. */
export async function signOutEverywhere(): Promise<void> {
  await http.DELETE('/api/v1/sessions').finally(forgetAll)
}

/** What a person may set for themselves; kept on the server so that it follows them to the next device. */
export interface MyPrefs {
  locale?: Me['locale']
  theme?: Me['theme']
  density?: Density
}

/** Height of rows: many at a glance, or room between them. */
export type Density = 'compact' | 'roomy'

/** prefsOf reads what the server keeps for a person; values of a newer program are left out. */
export function prefsOf(me: Me): MyPrefs {
  const { density } = me.prefs
  return {
    locale: me.locale,
    theme: me.theme,
    density: density === 'compact' || density === 'roomy' ? density : undefined,
  }
}

/** savePrefs stores preferences of the signed-in person; without one it does nothing. */
export async function savePrefs({ density, ...own }: MyPrefs): Promise<void> {
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (!me) return
  const prefs = density && { ...me.prefs, density }
  const { data } = await http.PATCH('/api/v1/me', { body: { ...own, prefs } })
  if (data) queryClient.setQueryData(meQuery.queryKey, data)
}
