import { api, http, type Schemas } from '@/api/client'

export type Open = Schemas['PublicOpenView']
export type OpenList = Schemas['PublicOpenListView']
export type Receipt = Schemas['PublicReceiptView']
export type PublicCase = Schemas['PublicCaseView']

/** What a case is followed by. It stays in the memory of the page: neither the address nor the device keeps it. */
export interface Key {
  number: string
  phone: string
}

export const useOpen = () => api.useQuery('get', '/api/v1/public/procedures', {}, { staleTime: 60_000, retry: false })

export const keyOf = (o: Open): string => `${o.rulebook}/${o.procedure}`

/** Files that went up already, so that sending a form again sends the same. */
const sent = new WeakMap<File, string>()

/** Sends the files one after the other and gives their handles. */
export async function sendFiles(files: File[]): Promise<string[]> {
  const handles: string[] = []
  for (const file of files) {
    let handle = sent.get(file)
    if (!handle) {
      const { data } = await http.POST('/api/v1/public/files', {
        body: { file },
        bodySerializer: () => {
          const form = new FormData()
          form.append('file', file, file.name)
          return form
        },
      })
      handle = data?.file
    }
    if (handle) {
      sent.set(file, handle)
      handles.push(handle)
    }
  }
  return handles
}

/** What strangers may send as a file. */
export const ACCEPT = 'image/jpeg,image/png,image/gif,image/webp,image/heic,.heic,application/pdf,.pdf'
