import { Button, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { changeLanguage, type Language, languages } from '../lib/i18n.ts'

/** Each language under its own name, so that it is found by whoever cannot read the present one. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const current = i18n.language as Language
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" color="gray" c="inherit" leftSection={<IconLanguage size={18} aria-hidden />}>
          {languages[current]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('language.choose')}>
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            role="menuitemradio"
            aria-checked={language === current}
            fw={language === current ? 650 : 400}
            onClick={() => void changeLanguage(language)}
          >
            {languages[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
