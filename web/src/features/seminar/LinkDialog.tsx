import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { CopyButton } from '@/kit/CopyButton'
import { QueryView } from '@/kit/Loading'
import { QRCode } from '@/kit/QRCode'
import { type Guest, nameOf, type Seminar } from './data'

/** The link of an invitation and its QR code, to be sent or shown. */
export default function LinkDialog({ of: g, event: m, onClose }: { of: Guest; event: Seminar; onClose: () => void }) {
  const { t } = useTranslation()
  const name = nameOf(g, t('seminar.removed'))
  const query = api.useQuery('get', '/api/v1/seminars/{id}/invitations/{invitation}/link', {
    params: { path: { id: m.id, invitation: g.id } },
  })
  return (
    <Modal open width={420} title={t('seminar.link_of', { name })} footer={null} onCancel={onClose}>
      <QueryView query={query} lines={6}>
        {({ link, code }) => {
          // Without a public address of the installation the link is that of the page one looks at.
          const full = link.startsWith('/') ? window.location.origin + link : link
          return (
            <div className="stack link-of">
              <QRCode code={code} label={t('seminar.code_of', { name })} />
              <p className="num">{t('seminar.number_is', { n: g.number })}</p>
              <p className="link-text num">{full}</p>
              <CopyButton text={full} what={t('seminar.link')} />
              <p className="muted">{t('seminar.link_hint')}</p>
            </div>
          )
        }}
      </QueryView>
    </Modal>
  )
}
