import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { useMe } from '@/app/account'

/** Whose visits are shown: one's own, those of a colleague, or (with `all`) of everybody within reach. For those who see more than their own. */
export function WhoSelect(p: { value: string; all?: boolean; onChange: (who: string) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const people = api.useQuery('get', '/api/v1/colleagues', {}, { staleTime: 300_000 })
  const others = (people.data?.items ?? []).filter((c) => c.active && c.id !== me?.id)
  return (
    <Select
      className="who"
      aria-label={t('visit.whose')}
      showSearch={{ optionFilterProp: 'label' }}
      value={p.value}
      onChange={p.onChange}
      options={[
        { value: 'mine', label: t('visit.mine') },
        ...(p.all ? [{ value: 'all', label: t('visit.all') }] : []),
        ...others.map((c) => ({ value: c.id, label: c.name })),
      ]}
    />
  )
}
