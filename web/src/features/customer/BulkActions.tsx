import { Button } from 'antd'
import { Archive, CircleDot, Download, Tag, UserRoundPen, UsersRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePermission } from '@/kit/usePermission'

/** What can be done to many customers at once. */
export type BulkAction = 'assign' | 'add_tag' | 'remove_tag' | 'set_status' | 'add_segment' | 'archive' | 'export'

const icon = { size: 16, strokeWidth: 1.75 }

/** The buttons of the selection bar; what a person may not do is not there. */
export default function BulkActions({ onAction }: { onAction: (a: BulkAction) => void }) {
  const { t } = useTranslation()
  const write = usePermission('customer.write')
  const all: [BulkAction, ReactNode, boolean][] = [
    ['assign', <UserRoundPen key="i" {...icon} />, usePermission('customer.assign')],
    ['add_tag', <Tag key="i" {...icon} />, write],
    ['remove_tag', undefined, write],
    ['set_status', <CircleDot key="i" {...icon} />, write],
    ['add_segment', <UsersRound key="i" {...icon} />, usePermission('segment.manage')],
    ['archive', <Archive key="i" {...icon} />, usePermission('customer.archive')],
    ['export', <Download key="i" {...icon} />, usePermission('customer.export')],
  ]
  return all
    .filter(([, , may]) => may)
    .map(([action, sign]) => (
      <Button key={action} icon={sign} onClick={() => onAction(action)}>
        {t(`customer.bulk.${action}`)}
      </Button>
    ))
}
