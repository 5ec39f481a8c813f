import { Button, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { changeLanguage } from '../lib/i18n.ts'
import { type Language, languages } from '../lib/preferred-language.ts'

/** Each language under its own name, so that it is found by whoever cannot read the present one. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const current = i18n.language as Language
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          leftSection={<IconLanguage size={18} aria-hidden />}
          aria-label={`${languages[current]}: ${t('language.choose')}`}
        >
          {languages[current]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('language.choose')}>
        <Menu.RadioGroup value={current} onChange={(language) => void changeLanguage(language as Language)}>
          {Object.entries(languages).map(([language, name]) => (
            <Menu.RadioItem key={language} value={language} lang={language} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
