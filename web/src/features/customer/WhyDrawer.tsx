import { Button, Drawer } from 'antd'
import { FileText, Printer } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { useSchemes } from '@/kit/grades'
import { QueryView } from '@/kit/Loading'
import { useText } from '@/kit/text'
import { useMobile } from '@/kit/useMobile'
import { Why } from '@/kit/Why'
import { useWhyOf } from '@/kit/whyOf'

const WIDTH_PX = 560

/** Why a customer has a grade, from the stored verdict. */
export default function WhyDrawer(p: { customerID: string; verdictID: string; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const text = useText()
  const mobile = useMobile()
  const why = useWhyOf()
  const schemes = useSchemes().data?.items
  const query = api.useQuery(
    'get',
    '/api/v1/verdicts/{customer_id}/{id}',
    { params: { path: { customer_id: p.customerID, id: p.verdictID } } },
    { staleTime: Number.POSITIVE_INFINITY },
  )
  return (
    <Drawer
      open
      size={mobile ? '100%' : WIDTH_PX}
      title={query.data ? t('record.why_title', { name: query.data.customer.name }) : t('record.why')}
      onClose={p.onClose}
      rootClassName="print-only"
      extra={
        query.data && (
          <span className="row">
            <Button
              type="text"
              icon={<FileText size={16} strokeWidth={1.75} />}
              href={`/api/v1/verdicts/${p.customerID}/${p.verdictID}/statement?lang=${i18n.language}`}
              target="_blank"
              rel="noopener"
            >
              {t('record.statement')}
            </Button>
            <Button icon={<Printer size={16} strokeWidth={1.75} />} onClick={() => window.print()}>
              {t('record.print')}
            </Button>
          </span>
        )
      }
    >
      <QueryView query={query} lines={8}>
        {(e) => <Why verdict={why(e, text(schemes?.find((s) => s.rulebook === e.rulebook)?.title) || e.rulebook)} />}
      </QueryView>
    </Drawer>
  )
}
