import { Button, Dropdown } from 'antd'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Command } from '@/kit/commands'
import { useOpened } from '@/kit/OnPress'

/** The rarer things that can be done with a customer. */
export default function MoreMenu({ commands }: { commands: Command[] }) {
  const { t } = useTranslation()
  const { button, menu } = useOpened()
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      {...menu}
      menu={{ items: commands.map((x) => ({ key: x.id, label: x.label, icon: x.icon, onClick: x.run })) }}
    >
      <Button ref={button} aria-label={t('record.more_actions')} icon={<Ellipsis size={16} strokeWidth={1.75} />} />
    </Dropdown>
  )
}
