import { Button, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { useKeyFor } from '@/api/useKeyFor'
import { ErrorState } from '@/kit/ErrorState'
import { FilesInput } from '@/kit/Evidence'
import { fileSize } from '@/kit/UploadDrop'
import { ACCEPT, type Key, type OpenList, type PublicCase, sendFiles } from './data'

/** A text and files that the customer adds. */
export function AddForm({ by, limits, onChange }: { by: Key; limits?: OpenList; onChange: (of: PublicCase) => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [keyFor] = useKeyFor()
  const [text, setText] = useState('')
  const [files, setFiles] = useState<File[]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      const body = {
        ...by,
        text: text.trim() || undefined,
        files: files.length > 0 ? await sendFiles(files) : undefined,
      }
      const { data } = await http.POST('/api/v1/public/cases/add', { params: { header: keyFor(body) }, body })
      setText('')
      setFiles([])
      if (data) onChange(data)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="stack" onSubmit={(e) => void submit(e)}>
      {failure !== undefined && <ErrorState inline error={failure} />}
      <div className="labelled">
        <label htmlFor={id}>{t('public.add.text')}</label>
        <Input.TextArea id={id} rows={3} maxLength={2000} value={text} onChange={(e) => setText(e.target.value)} />
      </div>
      <FilesInput
        value={files}
        onChange={setFiles}
        accept={ACCEPT}
        maxBytes={limits?.max_upload}
        hint={limits && t('public.files_hint', { count: limits.max_files, size: fileSize(limits.max_upload) })}
      />
      <Button htmlType="submit" loading={busy} disabled={text.trim() === '' && files.length === 0}>
        {t('public.add.do')}
      </Button>
    </form>
  )
}
