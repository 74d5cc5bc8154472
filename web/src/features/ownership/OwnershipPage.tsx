import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AreaLink } from '@/kit/AreaLink'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { usePermission } from '@/kit/usePermission'
import { AreasTab } from './AreasTab'
import { DedicatedTab } from './DedicatedTab'
import { PoolTab } from './PoolTab'
import { RulesTab } from './RulesTab'
import { type OwnerSearch, type OwnerTab, ownerTabs } from './routes'
import { TrackingTab } from './TrackingTab'
import './ownership.css'

const route = getRouteApi('/shell/service/owners')

/** Who looks after which customer: the rules with what they would change, head-count, tracking, areas and the pool. */
export default function OwnershipPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (patch: OwnerSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const assigns = usePermission('customer.assign', 'all')
  const writes = usePermission('customer.write')
  const shown = ownerTabs.filter((k) => (k === 'rules' ? assigns : k !== 'pool' || writes))
  const tab: OwnerTab = search.tab && shown.includes(search.tab) ? search.tab : (shown[0] ?? 'tracking')
  return (
    <Page
      title={t('ownership.title')}
      actions={<AreaLink to="/service/handovers">{t('ownership.handovers')}</AreaLink>}
    >
      <TabBar
        label={t('ownership.title')}
        tabs={shown.map((key) => ({ key, label: t(`ownership.tab.${key}`) }))}
        current={tab}
        onChoose={(key) => set({ tab: key, kind: undefined, q: undefined, side: undefined, region: undefined })}
      />
      {tab === 'rules' && <RulesTab search={search} set={set} />}
      {tab === 'dedicated' && <DedicatedTab />}
      {tab === 'tracking' && <TrackingTab />}
      {tab === 'areas' && <AreasTab mayContract={assigns} search={search} set={set} />}
      {tab === 'pool' && <PoolTab search={search} set={set} />}
    </Page>
  )
}
