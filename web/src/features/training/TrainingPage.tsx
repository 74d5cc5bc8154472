import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { SkeletonLines } from '@/kit/Loading'
import { Page } from '@/kit/Page'
import { TabBar } from '@/kit/TabBar'
import { usePermission } from '@/kit/usePermission'
import MineTab from './MineTab'
import { type TrainingSearch, type TrainingTab, trainingTabs } from './routes'
import './training.css'

const CoverageTab = lazy(() => import('./CoverageTab'))
const CoursesTab = lazy(() => import('./CoursesTab'))

const route = getRouteApi('/shell/training')

/** Courses: what I have to learn, who of my people is trained, and the courses themselves. */
export default function TrainingPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const may: Record<TrainingTab, boolean> = {
    mine: true,
    coverage: usePermission('training.read'),
    courses: usePermission('training.manage'),
  }
  const asked = search.tab ?? 'mine'
  const tab = may[asked] ? asked : 'mine'
  const set = (patch: TrainingSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const tabs = trainingTabs.filter((k) => may[k])
  return (
    <Page title={t('training.title')}>
      {tabs.length > 1 && (
        <TabBar
          label={t('training.title')}
          tabs={tabs.map((key) => ({ key, label: t(`training.tab.${key}`) }))}
          current={tab}
          onChoose={(key) => void navigate({ search: { tab: key === 'mine' ? undefined : key } })}
        />
      )}
      <Suspense fallback={<SkeletonLines lines={8} />}>
        {tab === 'mine' && <MineTab open={search.open} onOpen={(open) => set({ open })} />}
        {tab === 'coverage' && <CoverageTab search={search} set={set} />}
        {tab === 'courses' && <CoursesTab open={search.open} onOpen={(open) => set({ open })} />}
      </Suspense>
    </Page>
  )
}
