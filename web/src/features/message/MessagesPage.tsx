import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NoAccess } from '@/kit/NoAccess'
import { TabBar } from '@/kit/TabBar'
import { usePermission } from '@/kit/usePermission'
import { GreetingsTab } from './GreetingsTab'
import { LogTab } from './LogTab'
import { type MessageSearch, type MessageTab, messageTabs } from './routes'
import { TemplatesTab } from './TemplatesTab'

const route = getRouteApi('/shell/messages')

/** What went out to customers, what waits and what did not work; and the texts it is written with. */
export default function MessagesPage() {
  const { t } = useTranslation()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const may = usePermission('message.read')
  const set = (patch: MessageSearch) => void navigate({ search: (s) => ({ ...s, ...patch }), replace: true })
  const tab = search.tab ?? 'log'
  if (!may) return <NoAccess title={t('app.area.message')} />
  const tabs = (
    <TabBar<MessageTab>
      label={t('app.area.message')}
      tabs={messageTabs.map((key) => ({ key, label: t(`message.tab.${key}`) }))}
      current={tab}
      onChoose={(key) => set({ tab: key, open: undefined })}
    />
  )
  if (tab === 'greetings') return <GreetingsTab tabs={tabs} />
  return tab === 'log' ? <LogTab search={search} set={set} tabs={tabs} /> : <TemplatesTab tabs={tabs} />
}
