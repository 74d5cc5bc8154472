import { http } from '@/api/client'

/** Files that went up already, so that sending a form again sends the same. */
const sent = new WeakMap<File, string>()

/** How a request goes out; without it the one that waits for a sign-in when the session has ended. */
type Fetch = (request: Request) => Promise<Response>

/** Sends a file; gives its id. */
export async function sendFile(file: File, fetch?: Fetch): Promise<string> {
  const { data } = await http.POST('/api/v1/files', {
    ...(fetch && { fetch }),
    body: { file },
    bodySerializer: () => {
      const form = new FormData()
      form.append('file', file, file.name)
      return form
    },
  })
  return data?.id ?? ''
}

/** Sends the files one after the other, so that a slow line carries each of them whole; gives their ids. */
export async function sendFiles(files: File[]): Promise<string[]> {
  const ids: string[] = []
  for (const file of files) {
    const id = sent.get(file) ?? (await sendFile(file))
    if (!id) continue
    sent.set(file, id)
    ids.push(id)
  }
  return ids
}
