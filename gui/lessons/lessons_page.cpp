#include "gui/lessons/lessons_page.hpp"

#include <algorithm>

#include <QCoreApplication>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QPainter>
#include <QSplitter>

#include "gui/canvas/canvas.hpp"
#include "topologies/topology.hpp"

namespace nines::gui {
namespace {

constexpr QSize kPicture{210, 120};

QString text(const std::string& s) { return QString::fromStdString(s); }

QPixmap picture_of(const QString& name, const Theme& theme) {
  Document document;
  document.open(text(library_path(name.toStdString())));
  CanvasScene scene(document);
  scene.set_theme(theme);
  QPixmap pixmap(2 * kPicture);
  pixmap.fill(theme.surface);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  // In the middle, and not larger than life.
  const QRectF drawn = scene.drawn().adjusted(-20, -20, 20, 20);
  const double by =
      std::min({2.0, 2 * kPicture.width() / drawn.width(), 2 * kPicture.height() / drawn.height()});
  QRectF at(QPointF(), drawn.size() * by);
  at.moveCenter({1.0 * kPicture.width(), 1.0 * kPicture.height()});
  scene.render(&painter, at, drawn);
  painter.end();
  pixmap.setDevicePixelRatio(2);
  return pixmap;
}

}  // namespace

LibraryText library_text(const QString& name) {
  LibraryText out;
  QFile file(text(library_path(name.toStdString())));
  if (!file.open(QIODevice::ReadOnly)) return out;
  bool sources = false;
  while (!file.atEnd()) {
    const QString line = QString::fromUtf8(file.readLine()).trimmed();
    if (line.startsWith("title:")) out.title = line.mid(6).trimmed();
    if (!line.startsWith("#") || line.contains("yaml-language-server")) continue;
    if (line.contains("Sources of the figures")) sources = true;
    if (sources) continue;
    const QString words = line.mid(1).trimmed();
    out.about += words.isEmpty() ? (out.about.isEmpty() ? "" : "\n") : words + " ";
  }
  // In another language what it teaches is said by a translation, if there is one.
  out.title = QCoreApplication::translate("Library", out.title.toUtf8().constData());
  const QByteArray key = ("about " + name).toUtf8();
  const QString translated = QCoreApplication::translate("Library", key.constData());
  if (translated != QString::fromUtf8(key)) out.about = translated;
  return out;
}

LessonsPage::LessonsPage(QWidget* parent) : QWidget(parent) {
  lessons_ = new QListWidget;
  lessons_->setObjectName("lessons");
  lessons_->setMaximumHeight(122);
  lessons_->setAlternatingRowColors(true);
  gallery_ = new QListWidget;
  gallery_->setObjectName("gallery");
  gallery_->setViewMode(QListView::IconMode);
  gallery_->setIconSize(kPicture);
  gallery_->setGridSize({kPicture.width() + 22, kPicture.height() + 50});
  gallery_->setResizeMode(QListView::Adjust);
  gallery_->setMovement(QListView::Static);
  gallery_->setWordWrap(true);
  gallery_->setSpacing(6);
  lessons_title_ = new QLabel;
  gallery_title_ = new QLabel;
  for (QLabel* label : {lessons_title_, gallery_title_}) {
    QFont font = label->font();
    font.setPixelSize(15);
    font.setBold(true);
    label->setFont(font);
  }
  about_ = new QTextBrowser;
  about_->setFrameShape(QFrame::NoFrame);
  open_ = new QPushButton;
  compare_ = new QPushButton;
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(open_);
  buttons->addWidget(compare_);
  auto* side = new QWidget;
  auto* side_layout = new QVBoxLayout(side);
  side_layout->setContentsMargins(0, 0, 0, 0);
  side_layout->addWidget(about_, 1);
  side_layout->addLayout(buttons);
  auto* split = new QSplitter;
  split->addWidget(gallery_);
  split->addWidget(side);
  split->setStretchFactor(0, 3);
  split->setStretchFactor(1, 1);
  split->setSizes({900, 320});
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(lessons_title_);
  layout->addWidget(lessons_);
  layout->addWidget(gallery_title_);
  layout->addWidget(split, 1);
  texts_.set([this] {
    lessons_title_->setText(tr("Guided lessons: predict, run, explain"));
    gallery_title_->setText(tr("Gallery of the library"));
    lessons_->setAccessibleName(tr("Lessons"));
    gallery_->setAccessibleName(tr("Gallery of the library"));
    about_->setAccessibleName(tr("What it teaches"));
    open_->setText(tr("Open"));
    compare_->setText(tr("Compare"));
    fill();
  });
  connect(lessons_, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
    Q_EMIT begin_lesson(item->data(Qt::UserRole).toString());
  });
  connect(gallery_, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
    Q_EMIT open_topology(item->data(Qt::UserRole).toString());
  });
  connect(gallery_, &QListWidget::currentItemChanged, this, &LessonsPage::show_about);
  connect(open_, &QPushButton::clicked, this, [this] {
    if (const auto* item = gallery_->currentItem()) {
      Q_EMIT open_topology(item->data(Qt::UserRole).toString());
    }
  });
  connect(compare_, &QPushButton::clicked, this, [this] {
    if (const auto* item = gallery_->currentItem()) {
      Q_EMIT compare_topology(item->data(Qt::UserRole).toString());
    }
  });
  // One picture after the other, so that the window never waits.
  drawing_.setInterval(0);
  connect(&drawing_, &QTimer::timeout, this, &LessonsPage::draw_next);
}

void LessonsPage::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) texts_.again();
  if (event->type() == QEvent::PaletteChange) {
    next_ = 0;
    if (isVisible()) drawing_.start();
  }
  QWidget::changeEvent(event);
}

void LessonsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (next_ < gallery_->count()) drawing_.start();
}

void LessonsPage::fill() {
  lessons_->clear();
  for (const Lesson& lesson : nines::gui::lessons()) {
    auto* item = new QListWidgetItem(lesson.title + "  —  " + lesson.about);
    item->setData(Qt::UserRole, lesson.key);
    lessons_->addItem(item);
  }
  const bool first = gallery_->count() == 0;
  const std::vector<std::string> names = library_names();
  QPixmap empty(2 * kPicture);
  empty.setDevicePixelRatio(2);
  empty.fill(theme_of(palette()).grid);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const LibraryText about = library_text(text(names[i]));
    if (first) {
      auto* item = new QListWidgetItem(QIcon(empty), {});
      item->setData(Qt::UserRole, text(names[i]));
      item->setTextAlignment(Qt::AlignHCenter | Qt::AlignTop);
      gallery_->addItem(item);
    }
    gallery_->item(static_cast<int>(i))->setText(about.title);
    gallery_->item(static_cast<int>(i))->setToolTip(text(names[i]));
  }
  show_about();
}

void LessonsPage::draw_next() {
  if (next_ >= gallery_->count()) {
    drawing_.stop();
    return;
  }
  QListWidgetItem* item = gallery_->item(next_++);
  try {
    item->setIcon(QIcon(picture_of(item->data(Qt::UserRole).toString(), theme_of(palette()))));
  } catch (const std::exception&) {
    // Without a picture it can still be opened, and then says what is wrong.
  }
}

void LessonsPage::show_about() {
  const QListWidgetItem* item = gallery_->currentItem();
  open_->setEnabled(item != nullptr);
  compare_->setEnabled(item != nullptr);
  if (item == nullptr) {
    about_->setHtml(tr("<p>Choose a topology to read what it teaches; Enter opens it.</p>"));
    return;
  }
  const QString name = item->data(Qt::UserRole).toString();
  const LibraryText about = library_text(name);
  about_->setHtml(QStringLiteral("<h3>%1</h3><p><tt>%2</tt></p><p>%3</p>")
                      .arg(about.title.toHtmlEscaped(), name.toHtmlEscaped(),
                           about.about.trimmed().toHtmlEscaped().replace("\n", "</p><p>")));
}

// ---- The lesson that is going on -------------------------------------------------------------

LessonPanel::LessonPanel(QWidget* parent) : QWidget(parent) {
  title_ = new QLabel;
  title_->setWordWrap(true);
  title_->setTextFormat(Qt::RichText);
  text_ = new QTextBrowser;
  text_->setFrameShape(QFrame::NoFrame);
  text_->setObjectName("lesson");
  question_ = new QWidget;
  auto* question_layout = new QVBoxLayout(question_);
  question_layout->setContentsMargins(4, 0, 4, 0);
  asked_ = new QLabel;
  asked_->setWordWrap(true);
  QFont bold = asked_->font();
  bold.setBold(true);
  asked_->setFont(bold);
  question_layout->addWidget(asked_);
  answers_ = new QVBoxLayout;
  question_layout->addLayout(answers_);
  do_ = new QPushButton;
  do_->setObjectName("deed");
  next_ = new QPushButton;
  next_->setObjectName("next");
  end_ = new QPushButton;
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(title_);
  layout->addWidget(text_, 1);
  layout->addWidget(question_);
  layout->addWidget(do_);
  auto* last = new QHBoxLayout;
  last->addWidget(end_);
  last->addWidget(next_);
  layout->addLayout(last);
  setMinimumWidth(250);
  connect(do_, &QPushButton::clicked, this, [this] { Q_EMIT deed(step()); });
  connect(next_, &QPushButton::clicked, this, &LessonPanel::next);
  connect(end_, &QPushButton::clicked, this, &LessonPanel::end);
  texts_.set([this] {
    end_->setText(tr("End lesson"));
    next_->setText(tr("Next"));
    do_->setText(tr("Run it"));
    text_->setAccessibleName(tr("Lesson"));
    if (active()) show_step();
  });
}

void LessonPanel::changeEvent(QEvent* event) {
  if (event->type() == QEvent::LanguageChange) texts_.again();
  QWidget::changeEvent(event);
}

void LessonPanel::begin(const QString& key) {
  const std::vector<Lesson> all = lessons();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].key == key) lesson_ = static_cast<int>(i);
  }
  if (lesson_ < 0) return;
  key_ = key;
  step_ = 0;
  answered_ = -1;
  done_ = false;
  figures_.clear();
  show();
  show_step();
  // What is looked at is opened at once.
  LessonStep open = step();
  open.deed = Deed::open;
  Q_EMIT deed(open);
}

LessonStep LessonPanel::step() const {
  return lessons()[static_cast<std::size_t>(lesson_)].steps[static_cast<std::size_t>(step_)];
}

void LessonPanel::show_step() {
  const Lesson lesson = lessons()[static_cast<std::size_t>(lesson_)];
  const LessonStep now = lesson.steps[static_cast<std::size_t>(step_)];
  const Theme theme = theme_of(palette());
  title_->setText(QStringLiteral("<b>%1</b><br/><span style=\"color:%2\">%3</span>")
                      .arg(lesson.title.toHtmlEscaped(), theme.faint.name(),
                           tr("step %1 of %2").arg(step_ + 1).arg(lesson.steps.size())));
  QString html = QStringLiteral("<h3>%1</h3>%2").arg(now.title.toHtmlEscaped(), now.html);
  if (answered_ >= 0 && now.right >= 0) {
    const bool right = answered_ == now.right;
    html += QStringLiteral("<p style=\"color:%1\"><b>%2</b> %3</p>")
                .arg((right ? theme.good : theme.bad).name(),
                     right ? QStringLiteral("✓") : QStringLiteral("✗"),
                     right ? tr("That is right.")
                           : tr("Not quite: %1.").arg(now.answers[now.right].toHtmlEscaped()));
  }
  if (done_) {
    QString explanation = now.explanation;
    for (const auto& [key, value] : figures_) explanation.replace("{" + key + "}", value);
    html += explanation;
  }
  text_->setHtml(html);
  const bool asks = now.right >= 0 && answered_ < 0;
  question_->setVisible(asks);
  asked_->setText(now.question);
  for (QRadioButton* button : buttons_) button->deleteLater();
  buttons_.clear();
  for (int i = 0; asks && i < now.answers.size(); ++i) {
    auto* button = new QRadioButton(now.answers[i]);
    answers_->addWidget(button);
    buttons_.push_back(button);
    connect(button, &QRadioButton::clicked, this, [this, i] { answer(i); });
  }
  do_->setVisible(now.deed != Deed::none && now.deed != Deed::open);
  do_->setEnabled(!asks);
  do_->setText(now.deed == Deed::run       ? tr("Run it")
               : now.deed == Deed::spofs   ? tr("Show single points of failure")
               : now.deed == Deed::fail    ? tr("Fail it and watch")
               : now.deed == Deed::compare ? tr("Compare the two")
                                           : QString());
  const bool last = step_ + 1 == static_cast<int>(lesson.steps.size());
  next_->setText(last ? tr("Finish") : tr("Next"));
  next_->setEnabled(done_ || now.deed == Deed::none || now.deed == Deed::open);
}

void LessonPanel::answer(int which) {
  answered_ = which;
  show_step();
}

void LessonPanel::deed_done(const std::map<QString, QString>& figures) {
  if (!active()) return;
  done_ = true;
  figures_ = figures;
  show_step();
}

void LessonPanel::next() {
  if (!active()) return;
  const auto count = static_cast<int>(lessons()[static_cast<std::size_t>(lesson_)].steps.size());
  if (++step_ >= count) {
    end();
    return;
  }
  answered_ = -1;
  done_ = false;
  show_step();
}

void LessonPanel::end() {
  lesson_ = -1;
  hide();
  Q_EMIT ended();
}

}  // namespace nines::gui
