import { App, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { http } from '@/api/client'
import { errorText } from '@/api/error'
import { Panel } from '@/kit/Page'
import { type Handover, usePeople, useRefreshHandovers } from './data'

/** Who gets what hangs on no customer, and whoever comes to the giver in between. */
export function RestPanel({ h }: { h: Handover }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const refresh = useRefreshHandovers()
  const people = usePeople(h.person_id)
  const choose = async (rest_id: string) => {
    try {
      await http.PUT('/api/v1/handovers/{id}', {
        params: { path: { id: h.id }, header: { 'If-Match': `"${h.version}"` } },
        body: { from: h.from, away: h.away, note: h.note, rest_id },
      })
    } catch (e) {
      void message.error(errorText(t, e))
    }
    await refresh()
  }
  return (
    <Panel title={t('handover.rest')}>
      <div className="panel-note row">
        <Select
          className="handover-people"
          aria-label={t('handover.rest')}
          showSearch={{ optionFilterProp: 'label' }}
          options={people}
          value={h.rest_id || undefined}
          placeholder={t('handover.choose_person')}
          onChange={(v: string) => void choose(v)}
        />
        <span className="muted">{t('handover.rest_hint')}</span>
      </div>
    </Panel>
  )
}
