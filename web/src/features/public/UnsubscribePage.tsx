import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { type ApiError, asApiError } from '@/api/error'
import { ErrorState } from '@/kit/ErrorState'
import { Panel, useTitle } from '@/kit/Page'
import { Frame } from './Frame'
import './public.css'

const route = getRouteApi('/unsubscribe')

/** Where the link at the end of a mail leads: only a press takes somebody off the list, looking at the page does not. */
export default function UnsubscribePage() {
  const { t } = useTranslation()
  const { token = '' } = route.useSearch()
  const [out, setOut] = useState<boolean>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ApiError>()
  useTitle(t('public.unsubscribe.title'))
  const say = async (back: boolean) => {
    setBusy(true)
    setFailure(undefined)
    try {
      const { data } = await http.POST('/api/v1/public/messages/unsubscribe/{token}', {
        params: { path: { token }, query: { back } },
      })
      setOut(data?.out)
    } catch (e) {
      setFailure(asApiError(e))
    } finally {
      setBusy(false)
    }
  }
  const words = out === undefined ? 'ask' : out ? 'done' : 'back'
  return (
    <Frame>
      <Panel title={t('public.unsubscribe.title')}>
        <div className="stack">
          {failure && <ErrorState inline error={failure} />}
          <p>{t(`public.unsubscribe.${words}`)}</p>
          <span className="row">
            <Button type={out ? 'default' : 'primary'} loading={busy} onClick={() => void say(out === true)}>
              {t(out ? 'public.unsubscribe.again' : 'public.unsubscribe.do')}
            </Button>
          </span>
        </div>
      </Panel>
    </Frame>
  )
}
