import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { asApiError, sentence } from '@/api/error'
import { ErrorState } from '@/kit/ErrorState'
import type { Key, PublicCase } from './data'

/** Asks for the number and the phone; what is found is shown by whoever asked. */
export function Follow({ onFound }: { onFound: (key: Key, of: PublicCase) => void }) {
  const { t } = useTranslation()
  const [key, setKey] = useState<Key>({ number: '', phone: '' })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const submit = async (e: FormEvent) => {
    e.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/public/cases/follow', { body: key })
      if (data) onFound(key, data)
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  const wrong = (field: keyof Key) => {
    const found = failure ? asApiError(failure).fields.find((f) => f.path === field) : undefined
    return found && sentence(t, found.code, found.args)
  }
  const general = failure !== undefined && !wrong('number') && !wrong('phone')
  return (
    <form className="sign-form" onSubmit={(e) => void submit(e)}>
      {general && <ErrorState inline error={failure} />}
      {(['number', 'phone'] as const).map((field) => (
        <div key={field} className="labelled">
          <label htmlFor={`follow-${field}`}>{t(`public.follow.${field}`)}</label>
          <Input
            id={`follow-${field}`}
            required
            size="large"
            className="num"
            maxLength={60}
            inputMode={field === 'phone' ? 'tel' : undefined}
            autoComplete={field === 'phone' ? 'tel' : 'off'}
            autoCapitalize={field === 'number' ? 'characters' : undefined}
            status={wrong(field) ? 'error' : undefined}
            aria-describedby={wrong(field) ? `follow-${field}-wrong` : undefined}
            value={key[field]}
            onChange={(e) => setKey({ ...key, [field]: e.target.value })}
          />
          {wrong(field) && (
            <p id={`follow-${field}-wrong`} className="refused" role="alert">
              {wrong(field)}
            </p>
          )}
        </div>
      ))}
      <Button type="primary" size="large" block htmlType="submit" loading={busy}>
        {t('public.follow.do')}
      </Button>
    </form>
  )
}
