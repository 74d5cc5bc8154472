import { http } from '@/api/client'

/** Sends the files one after the other, so that a slow line carries each of them whole; gives their ids. */
export async function sendFiles(files: File[]): Promise<string[]> {
  const ids: string[] = []
  for (const file of files) {
    const { data } = await http.POST('/api/v1/files', {
      body: { file },
      bodySerializer: () => {
        const form = new FormData()
        form.append('file', file, file.name)
        return form
      },
    })
    if (data) ids.push(data.id)
  }
  return ids
}
