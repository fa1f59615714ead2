#include "gui/forms/property_sheet.hpp"

#include <algorithm>

#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QHeaderView>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "gui/charts/figures.hpp"
#include "gui/look/words.hpp"
#include "models/catalogue.hpp"
#include "topologies/document.hpp"
#include "topologies/language/check.hpp"
#include "topologies/language/law_text.hpp"
#include "topologies/language/quantity.hpp"

namespace nines::gui {
namespace {

constexpr int kNumber = Qt::UserRole + 1;
constexpr const char* kChosen = "chosen";

QString text(const std::string& s) { return QString::fromStdString(s); }

/// Declarations are written in English; a translation may have their sentences.
QString told(const std::string& sentence) {
  return QCoreApplication::translate("Declarations", sentence.c_str());
}

bool nests(const Parameter& p) {
  return p.type == Type::record || p.type == Type::table || p.type == Type::choice ||
         p.type == Type::list;
}

bool is_law(const Parameter& p) { return p.type == Type::law || p.type == Type::mean; }

/// The law that a text stands for, if it does.
LawPtr law_of(const Parameter& p, const std::string& value) {
  if (p.type == Type::mean) {
    const Parsed<double> mean = parse_quantity(value, Dimension::duration);
    return mean.value && *mean.value > 0 ? exponential(*mean.value) : nullptr;
  }
  return parse_law(value,
                   [](const std::string&, std::string& why) {
                     why = "";
                     return std::optional<std::string>();
                   })
      .law;
}

const Settings* inside(const Settings* settings, const std::string& key) {
  if (settings == nullptr || !settings->has(key)) return nullptr;
  return std::get_if<Settings>(&settings->at(key).value);
}

const Settings* entry_in(const Settings* settings, const std::string& key,
                         const std::string& name) {
  if (settings == nullptr || !settings->has(key)) return nullptr;
  const auto* entries = std::get_if<std::vector<Entry>>(&settings->at(key).value);
  if (entries == nullptr) return nullptr;
  const auto at = std::find_if(entries->begin(), entries->end(),
                               [&](const Entry& e) { return e.name.name == name; });
  return at == entries->end() ? nullptr : &at->settings;
}

QString range_of(const Parameter& p) {
  const auto value = [&](double v) {
    if (p.type == Type::mean || (p.type == Type::quantity && p.dimension == Dimension::duration)) {
      return duration(v);
    }
    return quantity(v, p.type == Type::quantity && p.dimension == Dimension::fraction
                           ? Quantity::share
                           : Quantity::number);
  };
  const bool low = p.low > 0 || p.low_open || p.type == Type::count;
  const bool high = p.high < 1e300;
  if (!low && !high) return {};
  if (low && high) return QStringLiteral("%1 … %2").arg(value(p.low), value(p.high));
  if (high) return QStringLiteral("≤ %1").arg(value(p.high));
  return QStringLiteral("%1 %2").arg(p.low_open ? ">" : "≥", value(p.low));
}

}  // namespace

/// Editors by the type of the value.
class ValueDelegate final : public QStyledItemDelegate {
 public:
  explicit ValueDelegate(PropertySheet& sheet) : QStyledItemDelegate(&sheet), sheet_(sheet) {}

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                        const QModelIndex& index) const override {
    if (index.column() != 1) return nullptr;
    const auto& at = sheet_.at(sheet_.tree_->itemFromIndex(index));
    const Parameter* p = at.parameter;
    if (p == nullptr || (nests(*p) && p->type != Type::choice)) return nullptr;
    QStringList words;
    if (p->type == Type::word) {
      for (const std::string& word : p->words) words << text(word);
    } else if (p->type == Type::truth) {
      words << "true"
            << "false";
    } else if (p->type == Type::choice) {
      for (const Parameter& choice : p->record->parameters) words << text(choice.key);
    }
    if (!words.isEmpty()) {
      auto* box = new QComboBox(parent);
      box->addItem(QString());
      box->addItems(words);
      box->setAccessibleName(text(p->key));
      // Whoever only looks has chosen nothing.
      QObject::connect(box, &QComboBox::activated, box, [this, box] {
        box->setProperty(kChosen, true);
        auto* self = const_cast<ValueDelegate*>(this);
        Q_EMIT self->commitData(box);
        Q_EMIT self->closeEditor(box);
      });
      return box;
    }
    auto* line = new QLineEdit(parent);
    line->setAccessibleName(text(p->key));
    line->setPlaceholderText(text(p->default_text));
    QStringList offers;
    if (is_law(*p) && p->type == Type::law) {
      for (const LawForm& form : law_forms()) {
        offers << QString::fromUtf8(form.example.data(), static_cast<int>(form.example.size()));
      }
    } else if (p->type == Type::names || p->type == Type::bundles) {
      const Topology& topology = sheet_.document_.shown();
      for (const TopologyComponent& c : topology.components) {
        QString name = text(c.name);
        if (c.is(Part::link) || c.is(Part::stream)) continue;
        if (c.is(Part::domain) && text(p->refers_to) == "domain") name = name.mid(7);
        if (p->refers_to == "domain" && !c.is(Part::domain)) continue;
        if (p->refers_to == "client" && !c.is(Part::client)) continue;
        if (p->refers_to == "group") continue;
        offers << name;
      }
      for (const TopologyGroup& g : topology.groups) offers << text(g.name);
      for (const TopologyCrew& c : topology.crews) offers << text(c.name);
    }
    if (!offers.isEmpty()) {
      offers.removeDuplicates();
      auto* completer = new QCompleter(offers, line);
      completer->setCaseSensitivity(Qt::CaseInsensitive);
      completer->setFilterMode(Qt::MatchContains);
      line->setCompleter(completer);
    }
    return line;
  }

  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    const QTreeWidgetItem* row = sheet_.tree_->itemFromIndex(index);
    const QString value = sheet_.in_field(sheet_.at(row).path);
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
      box->setCurrentText(box->findText(value) < 0 ? row->text(1) : value);
    } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
      line->setText(value);
    }
  }

  void setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const override {
    QTreeWidgetItem* row = sheet_.tree_->itemFromIndex(index);
    const auto* box = qobject_cast<QComboBox*>(editor);
    const auto* line = qobject_cast<QLineEdit*>(editor);
    if (box != nullptr && !box->property(kChosen).toBool()) return;
    const QString value = box != nullptr ? box->currentText() : line->text().trimmed();
    const PropertySheet::At& at = sheet_.at(row);
    if (at.parameter == nullptr) return;
    // Later, and by its path: rows are made anew by every change.
    QMetaObject::invokeMethod(
        &sheet_,
        [&sheet = sheet_, path = at.path, type = at.parameter->type, value] {
          sheet.write(path, type, value);
        },
        Qt::QueuedConnection);
  }

 private:
  PropertySheet& sheet_;
};

PropertySheet::PropertySheet(Document& document, QWidget* parent)
    : QWidget(parent), document_(document) {
  title_ = new QLabel;
  title_->setTextFormat(Qt::RichText);
  title_->setMargin(6);
  tree_ = new QTreeWidget;
  tree_->setColumnCount(2);
  tree_->setObjectName("properties");
  tree_->setRootIsDecorated(true);
  tree_->setUniformRowHeights(true);
  tree_->setAlternatingRowColors(true);
  tree_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                         QAbstractItemView::AnyKeyPressed);
  tree_->setSelectionBehavior(QAbstractItemView::SelectItems);
  tree_->installEventFilter(this);
  tree_->setItemDelegate(new ValueDelegate(*this));
  tree_->setContextMenuPolicy(Qt::CustomContextMenu);
  help_ = new QTextBrowser;
  help_->setFrameShape(QFrame::NoFrame);
  help_->setObjectName("help");
  law_ = new ChartView;
  law_->setMinimumSize(180, 150);
  law_->hide();
  auto* below = new QSplitter(Qt::Vertical);
  below->addWidget(help_);
  below->addWidget(law_);
  auto* split = new QSplitter(Qt::Vertical);
  split->addWidget(tree_);
  split->addWidget(below);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 2);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(title_);
  layout->addWidget(split);
  connect(&document_, &Document::changed, this, &PropertySheet::rebuild);
  connect(tree_, &QTreeWidget::currentItemChanged, this,
          [this](QTreeWidgetItem* row, QTreeWidgetItem*) { explain(row); });
  connect(tree_, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* row, int) {
    if (at(row).adds_to != nullptr) add_entry(row);
  });
  connect(tree_, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* row, int column) {
    if (at(row).adds_to != nullptr) {
      add_entry(row);
    } else if (column == 1) {
      tree_->editItem(row, 1);
    }
  });
  connect(tree_, &QTreeWidget::customContextMenuRequested, this, [this](QPoint where) {
    QTreeWidgetItem* row = tree_->itemAt(where);
    if (row == nullptr || written(at(row).path).isEmpty()) return;
    QMenu menu(this);
    menu.addAction(tr("Take out"), this,
                   [this, path = at(row).path, name = row->text(0)] { take_out(path, name); });
    menu.exec(tree_->viewport()->mapToGlobal(where));
  });
  connect(title_, &QLabel::linkActivated, this, [this] { Q_EMIT rename_asked(thing_); });
  retranslate();
}

void PropertySheet::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) rebuild();
  QWidget::changeEvent(event);
}

/// By keyboard the value of a row is edited wherever in it one stands.
bool PropertySheet::eventFilter(QObject* watched, QEvent* event) {
  if (watched == tree_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    QTreeWidgetItem* row = tree_->currentItem();
    const bool edits = key == Qt::Key_F2 || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (edits && row != nullptr && at(row).adds_to == nullptr &&
        (row->flags() & Qt::ItemIsEditable) != 0) {
      tree_->editItem(row, 1);
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void PropertySheet::commit() {
  // An editor that loses the focus hands over what is in it.
  if (tree_->viewport()->isAncestorOf(QApplication::focusWidget())) tree_->setFocus();
  QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
}

void PropertySheet::retranslate() {
  tree_->setHeaderLabels({tr("Key"), tr("Value")});
  tree_->setAccessibleName(tr("Properties"));
  help_->setAccessibleName(tr("What the key means"));
  rebuild();
}

const PropertySheet::At& PropertySheet::at(const QTreeWidgetItem* row) const {
  return rows_[static_cast<std::size_t>(row->data(0, kNumber).toInt())];
}

void PropertySheet::show_thing(const QString& name) {
  if (name == thing_) return;
  thing_ = name;
  rebuild();
}

/// The value as it stands in the text; of a plain one without quotes.
QString PropertySheet::written(const KeyPath& path) const {
  const Node* node = find_node(document_.loaded().root, path);
  if (node == nullptr || node->kind == Node::Kind::null) return {};
  if (node->kind == Node::Kind::scalar) return text(node->text);
  const std::string_view all = document_.text();
  return QString::fromUtf8(all.data() + node->place.begin,
                           static_cast<int>(node->place.end - node->place.begin));
}

/// The same to be edited: a list of words in one line, parted by commas.
QString PropertySheet::in_field(const KeyPath& path) const {
  const Node* node = find_node(document_.loaded().root, path);
  if (node == nullptr || node->kind != Node::Kind::sequence) return written(path);
  QStringList words;
  for (const Node& item : node->items) {
    if (item.kind != Node::Kind::scalar) return written(path);
    words << text(item.text);
  }
  return words.join(", ");
}

QTreeWidgetItem* PropertySheet::add_row(QTreeWidgetItem* parent, const QString& key,
                                        const At& where) {
  auto* row = parent == nullptr ? new QTreeWidgetItem(tree_) : new QTreeWidgetItem(parent);
  row->setText(0, key);
  row->setData(0, kNumber, static_cast<int>(rows_.size()));
  rows_.push_back(where);
  return row;
}

void PropertySheet::add_rows(QTreeWidgetItem* parent, const Record& record, const KeyPath& path,
                             const Settings* settings) {
  const Theme theme = theme_of(palette());
  for (const Parameter& p : record.parameters) {
    if (!p.later.empty() || p.type == Type::positions) continue;
    KeyPath own = path;
    own.push_back(p.key);
    QTreeWidgetItem* row = add_row(parent, text(p.key), {own, &p, nullptr});
    const QString value = written(own);
    const Setting* setting =
        settings != nullptr && settings->has(p.key) ? &settings->at(p.key) : nullptr;
    const bool is_nested = nests(p);
    if (!value.isEmpty() && !is_nested) {
      row->setText(1, in_field(own).simplified());
      row->setFlags(row->flags() | Qt::ItemIsEditable);
    } else if (!is_nested) {
      // What it is without being said: by its type, or by default.
      const bool by_type = setting != nullptr && !setting->is_default && !setting->text.empty();
      row->setText(1, by_type ? text(setting->text) : text(p.default_text));
      row->setForeground(1, by_type ? theme.accent : theme.faint);
      QFont font = row->font(1);
      font.setItalic(true);
      row->setFont(1, font);
      row->setFlags(row->flags() | Qt::ItemIsEditable);
    }
    if (!value.isEmpty()) {
      QFont font = row->font(0);
      font.setBold(true);
      row->setFont(0, font);
    }
    if (p.required && value.isEmpty() && setting == nullptr) {
      row->setText(1, tr("needed"));
      row->setForeground(1, theme.bad);
    }
    if (p.type == Type::record) {
      add_rows(row, *p.record, own, inside(settings, p.key));
    } else if (p.type == Type::choice) {
      row->setFlags(row->flags() | Qt::ItemIsEditable);
      const Settings* chosen = inside(settings, p.key);
      for (const Parameter& choice : p.record->parameters) {
        KeyPath of = own;
        of.push_back(choice.key);
        const bool given = chosen != nullptr && chosen->has(choice.key);
        if (!given && written(of).isEmpty()) continue;
        row->setText(1, text(choice.key));
        if (choice.record) add_rows(row, *choice.record, of, inside(chosen, choice.key));
      }
    } else if (p.type == Type::table || p.type == Type::list) {
      std::vector<std::string> names;
      if (settings != nullptr && settings->has(p.key)) {
        if (const auto* entries = std::get_if<std::vector<Entry>>(&settings->at(p.key).value)) {
          for (std::size_t i = 0; i < entries->size(); ++i) {
            names.push_back(p.type == Type::list ? std::to_string(i) : (*entries)[i].name.name);
          }
        }
      }
      if (const Node* node = find_node(document_.loaded().root, own)) {
        for (const auto& [key, entry] : node->entries) {
          if (std::find(names.begin(), names.end(), key.text) == names.end()) {
            names.push_back(key.text);
          }
        }
        for (std::size_t i = names.size(); i < node->items.size(); ++i) {
          names.push_back(std::to_string(i));
        }
      }
      for (const std::string& name : names) {
        KeyPath of = own;
        of.push_back(name);
        QTreeWidgetItem* entry = add_row(row, text(name), {of, nullptr, nullptr});
        bool is_number = false;
        const int number = text(name).toInt(&is_number);
        if (p.type == Type::list && is_number) entry->setText(0, QString::number(number + 1));
        add_rows(entry, *p.record, of, entry_in(settings, p.key, name));
        entry->setExpanded(true);
      }
      QTreeWidgetItem* add =
          add_row(row, tr("+ add %1").arg(text(p.record->name)), {own, &p, p.record.get()});
      add->setForeground(0, theme.accent);
      row->setText(1, names.empty() ? QString() : QString::number(names.size()));
      row->setExpanded(!names.empty());
    }
  }
}

void PropertySheet::rebuild() {
  if (rebuilding_) return;
  rebuilding_ = true;
  QStringList current;
  for (const QTreeWidgetItem* row = tree_->currentItem(); row != nullptr; row = row->parent()) {
    current.prepend(row->text(0));
  }
  const QSignalBlocker quiet(tree_);
  tree_->clear();
  rows_.clear();
  records_.clear();
  const Node& root = document_.loaded().root;
  const Topology& topology = document_.shown();
  const auto at = thing_.isEmpty() ? std::nullopt : written_at(root, thing_.toStdString());
  const auto keep = [&](Record record) {
    records_.push_back(std::make_shared<const Record>(std::move(record)));
    return records_.back().get();
  };
  if (!at) {
    thing_.clear();
    Record record = document_record();
    std::erase_if(record.parameters, [](const Parameter& p) {
      return p.key != "title" && p.key != "objectives" && p.key != "crews" && p.key != "faults" &&
             p.key != "services";
    });
    title_->setText(QStringLiteral("<b>%1</b>").arg(tr("Topology")));
    add_rows(nullptr, *keep(std::move(record)), {}, nullptr);
  } else {
    const KeyPath path{at->section, at->key};
    const std::string name = thing_.toStdString();
    const Record* record = nullptr;
    const Settings* settings = nullptr;
    QString noun;
    if (at->section == "groups") {
      for (const TopologyGroup& g : topology.groups) {
        if (g.name != name && !(g.shard && g.shard->name == name)) continue;
        settings = &g.settings;
        if (g.policy != nullptr) record = &g.policy->record;
        noun = record != nullptr ? text(record->name) : tr("group");
        break;
      }
      if (record == nullptr) record = &group_record();
    } else if (at->section == "services") {
      for (const TopologyService& s : topology.services) {
        if (s.name == name) settings = &s.settings;
      }
      record = &service_record();
      noun = tr("service");
    } else if (at->section == "crews") {
      for (const TopologyCrew& c : topology.crews) {
        if (c.name == name) settings = &c.settings;
      }
      record = find_parameter(document_record(), "crews")->record.get();
      noun = tr("crew");
    } else {
      for (const TopologyComponent& c : topology.components) {
        if (c.name != name && c.name != "domain:" + name) continue;
        settings = c.settings.get();
        if (at->section == "components") {
          Record own{"component", "", {}};
          own.parameters.push_back(*find_parameter(component_record(), "kind"));
          own.parameters.push_back(*find_parameter(component_record(), "type"));
          if (c.kind != nullptr) {
            for (const Parameter& p : c.kind->record.parameters) own.parameters.push_back(p);
          }
          record = keep(std::move(own));
        }
        noun = c.kind == nullptr ? QString() : text(c.kind->record.name);
        break;
      }
      if (record == nullptr) {
        const Parameter* section = find_parameter(document_record(), at->section);
        record = section->record.get();
      }
    }
    QString title =
        QStringLiteral("<b>%1</b> &nbsp;%2 &nbsp;<a href=\"rename\">%3</a>")
            .arg(thing_.toHtmlEscaped().remove("domain:"), noun.toHtmlEscaped(), tr("rename"));
    if (at->of > 1) {
      title += QStringLiteral("<br/><small>%1</small>")
                   .arg(tr("written as %1, for %n alike", nullptr, static_cast<int>(at->of))
                            .arg(text(at->key).toHtmlEscaped()));
    }
    title_->setText(title);
    add_rows(nullptr, *record, path, settings);
  }
  // What is wrong with it, at its place.
  const Theme theme = theme_of(palette());
  for (const Diagnostic& d : document_.loaded().diagnostics) {
    const KeyPath path = path_at(root, d.place.begin);
    QTreeWidgetItem* best = nullptr;
    std::size_t length = 0;
    for (QTreeWidgetItemIterator it(tree_); *it != nullptr; ++it) {
      const At& where = this->at(*it);
      if (where.adds_to != nullptr || where.path.size() > path.size() ||
          where.path.size() <= length ||
          !std::equal(where.path.begin(), where.path.end(), path.begin())) {
        continue;
      }
      best = *it;
      length = where.path.size();
    }
    if (best == nullptr) continue;
    const QString message = text(d.message) + (d.hint.empty() ? "" : "\n" + text(d.hint));
    for (int column : {0, 1}) {
      best->setForeground(column, theme.bad);
      best->setToolTip(column, message);
    }
    if (best->text(1).isEmpty()) best->setText(1, text(d.message));
  }
  tree_->resizeColumnToContents(0);
  tree_->setColumnWidth(0, std::clamp(tree_->columnWidth(0), 110, 190));
  QTreeWidgetItem* back = nullptr;
  for (int i = 0; i < current.size(); ++i) {
    QTreeWidgetItem* next = nullptr;
    const int count = back == nullptr ? tree_->topLevelItemCount() : back->childCount();
    for (int k = 0; k < count && next == nullptr; ++k) {
      QTreeWidgetItem* row = back == nullptr ? tree_->topLevelItem(k) : back->child(k);
      if (row->text(0) == current[i]) next = row;
    }
    if (next == nullptr) break;
    back = next;
  }
  if (back != nullptr) tree_->setCurrentItem(back, 1, QItemSelectionModel::NoUpdate);
  explain(back);
  rebuilding_ = false;
}

QTreeWidgetItem* PropertySheet::row(const QStringList& keys) const {
  QTreeWidgetItem* row = nullptr;
  for (const QString& key : keys) {
    QTreeWidgetItem* next = nullptr;
    const int count = row == nullptr ? tree_->topLevelItemCount() : row->childCount();
    for (int k = 0; k < count && next == nullptr; ++k) {
      QTreeWidgetItem* child = row == nullptr ? tree_->topLevelItem(k) : row->child(k);
      if (child->text(0) == key) next = child;
    }
    if (next == nullptr) return nullptr;
    row = next;
  }
  return row;
}

void PropertySheet::set_value(QTreeWidgetItem* row, const QString& value) {
  const At where = at(row);
  if (where.parameter != nullptr) write(where.path, where.parameter->type, value);
}

void PropertySheet::write(const KeyPath& path, Type type, const QString& value) {
  if (value == in_field(path)) return;
  std::string by = value.toStdString();
  const QString key = text(path.back());
  const bool many = type == Type::names || type == Type::bundles || type == Type::numbers;
  if (by.empty()) {
    document_.change(tr("Take out %1").arg(key),
                     [&](DocumentEdit& edit) { return edit.erase(path); });
    return;
  }
  if (type == Type::choice) {
    // What is chosen already keeps its settings.
    KeyPath chosen = path;
    chosen.push_back(by);
    if (find_node(document_.loaded().root, chosen) != nullptr) return;
    by = "{" + by + ": {}}";
  } else if (many && (by.front() == '[' || by.front() == '{')) {
    // As it is: a list in YAML.
  } else if (many && by.find(',') != std::string::npos) {
    std::vector<std::string> items;
    for (const QString& item : value.split(',', Qt::SkipEmptyParts)) {
      items.push_back(item.trimmed().toStdString());
    }
    by = yaml_list(items);
  } else {
    by = yaml_text(by, true);
  }
  document_.change(tr("Set %1").arg(key), [&](DocumentEdit& edit) { return edit.set(path, by); });
}

void PropertySheet::add_entry(QTreeWidgetItem* row) {
  const At where = at(row);
  if (where.parameter->type == Type::list) {
    document_.change(tr("Add %1").arg(text(where.adds_to->name)),
                     [&](DocumentEdit& edit) { return edit.append(where.path, "{}"); });
    return;
  }
  bool yes = false;
  const QString name = QInputDialog::getText(this, tr("Add %1").arg(text(where.adds_to->name)),
                                             tr("Its name:"), QLineEdit::Normal, {}, &yes)
                           .trimmed();
  if (!yes || name.isEmpty()) return;
  KeyPath path = where.path;
  path.push_back(name.toStdString());
  if (find_node(document_.loaded().root, path) != nullptr) {
    help_->setHtml(tr("There is a %1 already.").arg(name.toHtmlEscaped()));
    return;
  }
  // A failure mode needs two figures: ones to begin with.
  const bool failure = where.adds_to->name == "failure mode";
  document_.change(tr("Add %1").arg(name), [&](DocumentEdit& edit) {
    return edit.set(path, failure ? "{mttf: 1y, mttr: 4h}" : "{}");
  });
}

void PropertySheet::take_out(const KeyPath& path, const QString& name) {
  document_.change(tr("Take out %1").arg(name),
                   [&](DocumentEdit& edit) { return edit.erase(path); });
}

void PropertySheet::explain(QTreeWidgetItem* row) {
  const At* where = row == nullptr ? nullptr : &at(row);
  const Parameter* p = where == nullptr ? nullptr : where->parameter;
  if (p == nullptr) {
    help_->setHtml(row == nullptr ? tr("Select a row to read what it means.") : QString());
    law_->hide();
    return;
  }
  QString html = QStringLiteral("<p><b>%1</b></p><p>%2</p><p>")
                     .arg(text(p->key), told(p->help).toHtmlEscaped());
  if (!nests(*p)) html += told(expected_of(*p)).toHtmlEscaped();
  if (p->type == Type::quantity || p->type == Type::mean || p->type == Type::law) {
    const Dimension dimension = p->type == Type::quantity ? p->dimension : Dimension::duration;
    const std::string_view examples = examples_of(dimension);
    html += ": " + QString::fromUtf8(examples.data(), static_cast<int>(examples.size()));
  }
  const QString range = range_of(*p);
  if (!range.isEmpty()) html += "<br/>" + range.toHtmlEscaped();
  if (!p->default_text.empty()) {
    html += "<br/>" + tr("by default %1: %2")
                          .arg(text(p->default_text).toHtmlEscaped(),
                               told(p->default_source).toHtmlEscaped());
  }
  if (!row->toolTip(1).isEmpty()) {
    html += QStringLiteral("</p><p style=\"color:%1\">%2")
                .arg(theme_of(palette()).bad.name(), row->toolTip(1).toHtmlEscaped());
  }
  help_->setHtml(html + "</p>");
  const LawPtr law =
      is_law(*p) && !row->text(1).isEmpty() ? law_of(*p, row->text(1).toStdString()) : nullptr;
  law_->setVisible(law != nullptr);
  if (!law) return;
  Chart chart = law_chart(*law);
  chart.title = row->text(1).toStdString();
  law_->show_chart(chart);
}

}  // namespace nines::gui
