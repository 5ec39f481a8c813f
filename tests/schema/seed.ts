/**
 * The seed's list of tables, columns and indexes, word for word but for `REFERENCES`: the seed says FOREIGN KEY and names
 * the table in its description.
 */
export const seed: Record<string, { columns: Record<string, string>; indexes: Record<string, string> }> = {
  users: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      email: 'VARCHAR(120) UNIQUE NOT NULL',
      password_hash: 'VARCHAR(255) NOT NULL',
      name: 'VARCHAR(100) NOT NULL',
      role: 'VARCHAR(20) NOT NULL',
      is_active: 'BOOLEAN DEFAULT TRUE',
      is_verified: 'BOOLEAN DEFAULT FALSE',
      last_login: 'TIMESTAMP',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_users_email: 'email',
      idx_users_role: 'role',
      idx_users_is_active: 'is_active',
    },
  },
  profiles: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      user_id: 'INTEGER REFERENCES users',
      phone: 'VARCHAR(20)',
      address: 'TEXT',
      city: 'VARCHAR(100)',
      state: 'VARCHAR(100)',
      country: 'VARCHAR(100)',
      postal_code: 'VARCHAR(20)',
      date_of_birth: 'DATE',
      emergency_contact: 'VARCHAR(100)',
      emergency_phone: 'VARCHAR(20)',
      preferences: 'JSON',
      metadata: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_profiles_user_id: 'user_id',
    },
  },
  organizations: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      name: 'VARCHAR(100) NOT NULL',
      slug: 'VARCHAR(100) UNIQUE',
      admin_id: 'INTEGER REFERENCES users',
      settings: 'JSON',
      is_active: 'BOOLEAN DEFAULT TRUE',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_organizations_slug: 'slug',
      idx_organizations_admin_id: 'admin_id',
    },
  },
  beneficiaries: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      user_id: 'INTEGER REFERENCES users',
      trainer_id: 'INTEGER REFERENCES users',
      organization_id: 'INTEGER REFERENCES organizations',
      enrollment_date: 'DATE',
      status: "VARCHAR(20) DEFAULT 'active'",
      notes: 'TEXT',
      metadata: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_beneficiaries_user_id: 'user_id',
      idx_beneficiaries_trainer_id: 'trainer_id',
      idx_beneficiaries_organization_id: 'organization_id',
      idx_beneficiaries_status: 'status',
    },
  },
  assessments: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      title: 'VARCHAR(200) NOT NULL',
      description: 'TEXT',
      type: 'VARCHAR(50) NOT NULL',
      beneficiary_id: 'INTEGER REFERENCES beneficiaries',
      trainer_id: 'INTEGER REFERENCES users',
      status: "VARCHAR(20) DEFAULT 'draft'",
      scheduled_for: 'TIMESTAMP',
      completed_at: 'TIMESTAMP',
      time_limit: 'INTEGER',
      passing_score: 'INTEGER',
      attempts_allowed: 'INTEGER DEFAULT 1',
      settings: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_assessments_beneficiary_id: 'beneficiary_id',
      idx_assessments_trainer_id: 'trainer_id',
      idx_assessments_status: 'status',
      idx_assessments_type: 'type',
    },
  },
  questions: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      assessment_id: 'INTEGER REFERENCES assessments',
      text: 'TEXT NOT NULL',
      type: 'VARCHAR(50) NOT NULL',
      options: 'JSON',
      correct_answer: 'TEXT',
      points: 'INTEGER DEFAULT 1',
      order: 'INTEGER',
      required: 'BOOLEAN DEFAULT TRUE',
      metadata: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_questions_assessment_id: 'assessment_id',
      idx_questions_order: 'order',
    },
  },
  responses: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      assessment_id: 'INTEGER REFERENCES assessments',
      beneficiary_id: 'INTEGER REFERENCES beneficiaries',
      question_id: 'INTEGER REFERENCES questions',
      answer: 'TEXT',
      is_correct: 'BOOLEAN',
      points_earned: 'INTEGER',
      time_spent: 'INTEGER',
      attempt_number: 'INTEGER DEFAULT 1',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_responses_assessment_id: 'assessment_id',
      idx_responses_beneficiary_id: 'beneficiary_id',
      idx_responses_question_id: 'question_id',
    },
  },
  assessment_results: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      assessment_id: 'INTEGER REFERENCES assessments',
      beneficiary_id: 'INTEGER REFERENCES beneficiaries',
      score: 'FLOAT',
      percentage: 'FLOAT',
      passed: 'BOOLEAN',
      time_taken: 'INTEGER',
      ai_analysis: 'JSON',
      recommendations: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_assessment_results_assessment_id: 'assessment_id',
      idx_assessment_results_beneficiary_id: 'beneficiary_id',
    },
  },
  appointments: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      title: 'VARCHAR(200) NOT NULL',
      description: 'TEXT',
      beneficiary_id: 'INTEGER REFERENCES beneficiaries',
      trainer_id: 'INTEGER REFERENCES users',
      start_time: 'TIMESTAMP NOT NULL',
      end_time: 'TIMESTAMP NOT NULL',
      location: 'VARCHAR(200)',
      type: 'VARCHAR(50)',
      status: "VARCHAR(20) DEFAULT 'scheduled'",
      notes: 'TEXT',
      reminder_sent: 'BOOLEAN DEFAULT FALSE',
      google_event_id: 'VARCHAR(100)',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_appointments_beneficiary_id: 'beneficiary_id',
      idx_appointments_trainer_id: 'trainer_id',
      idx_appointments_start_time: 'start_time',
      idx_appointments_status: 'status',
    },
  },
  documents: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      filename: 'VARCHAR(255) NOT NULL',
      file_path: 'VARCHAR(500)',
      file_size: 'INTEGER',
      mime_type: 'VARCHAR(100)',
      category: 'VARCHAR(50)',
      description: 'TEXT',
      uploaded_by: 'INTEGER REFERENCES users',
      beneficiary_id: 'INTEGER REFERENCES beneficiaries',
      is_public: 'BOOLEAN DEFAULT FALSE',
      tags: 'JSON',
      metadata: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_documents_uploaded_by: 'uploaded_by',
      idx_documents_beneficiary_id: 'beneficiary_id',
      idx_documents_category: 'category',
    },
  },
  document_shares: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      document_id: 'INTEGER REFERENCES documents',
      shared_with: 'INTEGER REFERENCES users',
      shared_by: 'INTEGER REFERENCES users',
      permission: "VARCHAR(20) DEFAULT 'view'",
      expires_at: 'TIMESTAMP',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_document_shares_document_id: 'document_id',
      idx_document_shares_shared_with: 'shared_with',
    },
  },
  messages: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      sender_id: 'INTEGER REFERENCES users',
      recipient_id: 'INTEGER REFERENCES users',
      subject: 'VARCHAR(200)',
      content: 'TEXT NOT NULL',
      is_read: 'BOOLEAN DEFAULT FALSE',
      read_at: 'TIMESTAMP',
      parent_id: 'INTEGER REFERENCES messages',
      attachments: 'JSON',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_messages_sender_id: 'sender_id',
      idx_messages_recipient_id: 'recipient_id',
      idx_messages_is_read: 'is_read',
      idx_messages_parent_id: 'parent_id',
    },
  },
  notifications: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      user_id: 'INTEGER REFERENCES users',
      type: 'VARCHAR(50) NOT NULL',
      title: 'VARCHAR(200) NOT NULL',
      message: 'TEXT',
      data: 'JSON',
      is_read: 'BOOLEAN DEFAULT FALSE',
      read_at: 'TIMESTAMP',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_notifications_user_id: 'user_id',
      idx_notifications_is_read: 'is_read',
      idx_notifications_type: 'type',
    },
  },
  activity_logs: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      user_id: 'INTEGER REFERENCES users',
      action: 'VARCHAR(100) NOT NULL',
      resource_type: 'VARCHAR(50)',
      resource_id: 'INTEGER',
      details: 'JSON',
      ip_address: 'VARCHAR(45)',
      user_agent: 'TEXT',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_activity_logs_user_id: 'user_id',
      idx_activity_logs_action: 'action',
      idx_activity_logs_resource_type: 'resource_type',
    },
  },
  settings: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      key: 'VARCHAR(100) UNIQUE NOT NULL',
      value: 'TEXT',
      type: 'VARCHAR(20)',
      category: 'VARCHAR(50)',
      description: 'TEXT',
      is_public: 'BOOLEAN DEFAULT FALSE',
      created_at: 'TIMESTAMP DEFAULT NOW()',
      updated_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_settings_key: 'key',
      idx_settings_category: 'category',
    },
  },
  sessions: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      user_id: 'INTEGER REFERENCES users',
      token: 'VARCHAR(255) UNIQUE',
      ip_address: 'VARCHAR(45)',
      user_agent: 'TEXT',
      last_activity: 'TIMESTAMP',
      expires_at: 'TIMESTAMP',
      created_at: 'TIMESTAMP DEFAULT NOW()',
    },
    indexes: {
      idx_sessions_token: 'token',
      idx_sessions_user_id: 'user_id',
      idx_sessions_expires_at: 'expires_at',
    },
  },
  error_logs: {
    columns: {
      id: 'INTEGER PRIMARY KEY',
      timestamp: 'TIMESTAMP DEFAULT NOW()',
      error_type: 'VARCHAR(100) NOT NULL',
      error_message: 'TEXT NOT NULL',
      traceback: 'TEXT',
      severity: 'VARCHAR(20) NOT NULL',
      context: 'JSON',
      request_id: 'VARCHAR(36)',
      user_id: 'INTEGER REFERENCES users',
    },
    indexes: {
      idx_error_logs_timestamp: 'timestamp',
      idx_error_logs_error_type: 'error_type',
      idx_error_logs_severity: 'severity',
      idx_error_logs_user_id: 'user_id',
    },
  },
}

export interface SeedColumn {
  table: string
  name: string
  /** `VARCHAR(120)`, `JSON` */
  type: string
  isNotNull: boolean
  isPrimaryKey: boolean
  isUnique: boolean
  /** As the seed writes it: `TRUE`, `'active'`, `NOW()` */
  default: string | undefined
  references: string | undefined
}

export const seedTables = Object.keys(seed)

export const seedColumns: SeedColumn[] = Object.entries(seed).flatMap(([table, { columns }]) =>
  Object.entries(columns).map(([name, text]) => ({
    table,
    name,
    type: text.split(' ')[0] ?? '',
    isNotNull: text.includes('NOT NULL'),
    isPrimaryKey: text.includes('PRIMARY KEY'),
    isUnique: text.includes('UNIQUE'),
    default: /DEFAULT (\S+)/.exec(text)?.[1],
    references: /REFERENCES (\S+)/.exec(text)?.[1],
  })),
)

export const seedIndexes = Object.entries(seed).flatMap(([table, { indexes }]) =>
  Object.entries(indexes).map(([name, column]) => ({ table, name, column })),
)
