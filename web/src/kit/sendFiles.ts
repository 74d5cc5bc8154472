import { http } from '@/api/client'

/** Files that went up already, so that sending a form again sends the same. */
const sent = new WeakMap<File, string>()

/** Sends the files one after the other, so that a slow line carries each of them whole; gives their ids. */
export async function sendFiles(files: File[]): Promise<string[]> {
  const ids: string[] = []
  for (const file of files) {
    let id = sent.get(file)
    if (!id) {
      const { data } = await http.POST('/api/v1/files', {
        body: { file },
        bodySerializer: () => {
          const form = new FormData()
          form.append('file', file, file.name)
          return form
        },
      })
      id = data?.id
    }
    if (id) {
      sent.set(file, id)
      ids.push(id)
    }
  }
  return ids
}
