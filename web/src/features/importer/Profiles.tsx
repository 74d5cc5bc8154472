import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Select } from 'antd'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, http } from '@/api/client'
import { errorText } from '@/api/error'
import { useConfirm } from '@/kit/useConfirm'
import type { Import, Settings } from './data'
import { applyProfile } from './mapping'

interface Props {
  m: Import
  current: Settings
  onChange: (change: Partial<Settings>) => void
  /** Resolves when every change is stored, false when one was refused. */
  settled: () => Promise<boolean>
}

const NAME_LENGTH = 40

/** The settings saved under a name: choose one, save as, write over, delete. The command line knows them by the same names. */
export function Profiles({ m, current, onChange, settled }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const confirm = useConfirm()
  const query = { params: { query: { target: m.target } } }
  const { data } = api.useQuery('get', '/api/v1/import-mappings', query)
  const saved = (data?.items ?? []).filter((p) => p.named)
  const [chosen, setChosen] = useState<string>()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const profile = saved.find((p) => p.id === chosen)
  const again = () => client.invalidateQueries({ queryKey: ['get', '/api/v1/import-mappings'] })
  const choose = (id: string) => {
    const p = saved.find((x) => x.id === id)
    if (!p) return
    setChosen(id)
    setName(p.name)
    onChange(applyProfile(current, p.options))
  }
  const save = async () => {
    setBusy(true)
    try {
      if (!(await settled())) return
      const { data: kept } = await http.POST('/api/v1/import-mappings', { body: { import_id: m.id, name } })
      await again()
      setChosen(kept?.id)
      void message.success(t('importer.profile.saved', { name: name.trim() }))
    } catch (e) {
      void message.error(errorText(t, e))
    } finally {
      setBusy(false)
    }
  }
  const remove = (id: string, called: string) =>
    confirm({
      title: t('importer.profile.delete_title', { name: called }),
      text: t('importer.profile.delete_text'),
      ok: t('importer.profile.delete'),
      danger: true,
      action: async () => {
        await http.DELETE('/api/v1/import-mappings/{id}', { params: { path: { id } } })
        setChosen(undefined)
        await again()
      },
    })
  return (
    <div className="options">
      {saved.length > 0 && (
        <div className="row">
          <Select
            className="grow"
            aria-label={t('importer.profile.choose')}
            placeholder={t('importer.profile.choose')}
            value={profile?.id}
            onChange={choose}
            options={saved.map((p) => ({ value: p.id, label: p.name }))}
          />
          {profile?.own && (
            <Button
              danger
              type="text"
              aria-label={t('importer.profile.delete')}
              title={t('importer.profile.delete')}
              icon={<Trash2 size={16} strokeWidth={1.75} />}
              onClick={() => void remove(profile.id, profile.name)}
            />
          )}
        </div>
      )}
      <div className="row">
        <Input
          className="grow"
          value={name}
          maxLength={NAME_LENGTH}
          aria-label={t('importer.profile.name')}
          placeholder={t('importer.profile.name')}
          onChange={(e) => setName(e.target.value)}
          onPressEnter={() => name.trim() && void save()}
        />
        <Button disabled={!name.trim()} loading={busy} onClick={() => void save()}>
          {t(profile && profile.name === name.trim() ? 'importer.profile.save' : 'importer.profile.save_as')}
        </Button>
      </div>
      <small className="muted">{t('importer.profile.hint')}</small>
    </div>
  )
}
