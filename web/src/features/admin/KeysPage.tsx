import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { DateText } from '@/kit/DateText'
import { useFormat } from '@/kit/format'
import { QueryView } from '@/kit/Loading'
import { NoAccess } from '@/kit/NoAccess'
import { Fields, Page, Panel } from '@/kit/Page'
import { StatusDot } from '@/kit/StatusDot'
import { useConfirm } from '@/kit/useConfirm'
import { usePermission } from '@/kit/usePermission'
import './admin.css'

/** How the installation is sealed, and a new data key. */
export default function KeysPage() {
  const { t } = useTranslation()
  const may = usePermission('system.manage')
  return may ? <Keys /> : <NoAccess title={t('admin.page.keys')} />
}

/** How often a rotation under way is looked at, in milliseconds. */
const lookEvery = 2000

function Keys() {
  const { t } = useTranslation()
  const { num } = useFormat()
  const { message } = App.useApp()
  const confirm = useConfirm()
  const keys = api.useQuery(
    'get',
    '/api/v1/keys',
    {},
    {
      refetchInterval: (q) => (q.state.data && q.state.data.waiting > 0 ? lookEvery : false),
    },
  )
  const rotate = async () => {
    const done = await confirm({
      title: t('keys.sure'),
      ok: t('keys.rotate'),
      action: () => http.POST('/api/v1/keys/rotation'),
    })
    if (!done) return
    void message.success(t('keys.started'))
    await keys.refetch()
  }
  return (
    <Page title={t('admin.page.keys')} actions={<Button onClick={() => void rotate()}>{t('keys.rotate')}</Button>}>
      <div className="settings-column">
        <QueryView query={keys} lines={5}>
          {(k) => (
            <Panel>
              <div className="stack">
                <StatusDot
                  tone={k.waiting > 0 ? 'warn' : 'ok'}
                  label={
                    k.waiting > 0
                      ? t('keys.waiting', { n: num(k.waiting), all: num(k.all) })
                      : t('keys.whole', { all: num(k.all) })
                  }
                />
                <Fields
                  items={[
                    { label: t('keys.source'), value: t(`keys.from.${k.source}`) },
                    { label: t('keys.master'), value: <code>{k.master}</code> },
                    { label: t('keys.place'), value: <code>{k.place}</code>, wide: true },
                    { label: t('keys.since'), value: <DateText value={k.since} time /> },
                    { label: t('keys.count'), value: num(k.keys) },
                  ]}
                />
                {k.beside && <p>{t('keys.beside')}</p>}
                <p className="muted">{t('keys.about')}</p>
              </div>
            </Panel>
          )}
        </QueryView>
      </div>
    </Page>
  )
}
