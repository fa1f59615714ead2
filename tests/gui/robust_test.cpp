// Whatever is opened, in whatever language: no crash, no text missing, no control without a name.
#include <algorithm>
#include <filesystem>
#include <set>

#include <QAbstractSpinBox>
#include <QFile>
#include <QProcess>
#include <QSlider>
#include <QToolButton>
#include <QXmlStreamReader>

#include "gui/look/words.hpp"
#include "gui/playback/sentences.hpp"
#include "models/catalogue.hpp"
#include "tests/gui/window.hpp"
#include "topologies/document.hpp"
#include "topologies/language/check.hpp"

namespace nines::gui::test {
namespace {

namespace fs = std::filesystem;
using Robust = Window;

TEST_F(Robust, OpensEveryTopologyOfTheLibrary) {
  for (const std::string& name : library_names()) {
    window().open_library(QString::fromStdString(name));
    EXPECT_TRUE(document().topology()) << name;
    EXPECT_FALSE(window().scene().components().empty()) << name;
    window().canvas().grab();
    window().sheet().show_thing(window().scene().components().begin()->first);
    ASSERT_TRUE(window().playback().begin()) << name;
    for (int i = 0; i < 3; ++i) window().playback().step();
    window().playback().end();
  }
}

TEST_F(Robust, OpensWhatIsMalformed) {
  std::vector<std::string> bad;
  for (const auto& entry :
       fs::directory_iterator(fs::path(NINES_TESTS_DIRECTORY) / "topologies/bad")) {
    if (entry.path().extension() == ".yaml") bad.push_back(entry.path().string());
  }
  std::sort(bad.begin(), bad.end());
  ASSERT_GE(bad.size(), 40u);
  // All of them are more than it takes; every fourth, and whatever is no YAML at all.
  std::size_t opened = 0;
  for (std::size_t i = 0; i < bad.size(); ++i) {
    const Loaded loaded = load_topology_file(bad[i]);
    const bool no_yaml = loaded.root.kind != Node::Kind::map;
    if (loaded.source.text().empty()) continue;  // nothing is wrong with an empty canvas
    const bool shape = bad[i].find("-list.yaml") != std::string::npos ||
                       bad[i].find("-map.yaml") != std::string::npos;
    if (i % 4 != 0 && !no_yaml && !shape) continue;
    ++opened;
    ASSERT_TRUE(window().open(QString::fromStdString(bad[i]))) << bad[i];
    EXPECT_FALSE(document().topology()) << bad[i];
    EXPECT_GT(window().problems().rowCount(), 0) << bad[i];
    window().canvas().grab();
    window().canvas().lay_out();
    if (document().topology()) continue;  // what was wrong was where things lie
    window().run();
    EXPECT_EQ(window().results().job().state(), RunJob::State::idle) << bad[i];
    Q_EMIT window().problems().cellActivated(0, 0);
  }
  EXPECT_GE(opened, 40u);
  EXPECT_FALSE(window().open(file("there is no such file.yaml")));
}

TEST_F(Robust, EveryControlHasANameForThoseWhoCannotSeeIt) {
  std::vector<QWidget*> controls;
  for (QWidget* w : window().findChildren<QWidget*>()) {
    if (qobject_cast<QAbstractButton*>(w) || qobject_cast<QAbstractSpinBox*>(w) ||
        qobject_cast<QLineEdit*>(w) || qobject_cast<QComboBox*>(w) || qobject_cast<QSlider*>(w) ||
        qobject_cast<QAbstractItemView*>(w) || qobject_cast<QPlainTextEdit*>(w) ||
        qobject_cast<CanvasView*>(w) || qobject_cast<Timeline*>(w)) {
      controls.push_back(w);
    }
  }
  EXPECT_GT(controls.size(), 30u);
  for (const QWidget* w : controls) {
    if (w->objectName().startsWith("qt_") || qobject_cast<const QLineEdit*>(w) ||
        QString(w->metaObject()->className()).startsWith("QTableCorner") ||
        QString(w->parent()->metaObject()->className()).startsWith("QComboBox") ||
        QString(w->parent()->metaObject()->className()) == "QTabBar" ||
        QString(w->metaObject()->className()) == "QHeaderView") {
      continue;  // parts of other controls
    }
    const auto* button = qobject_cast<const QAbstractButton*>(w);
    const QString name = !w->accessibleName().isEmpty() ? w->accessibleName()
                         : button                       ? button->text()
                                                        : QString();
    EXPECT_FALSE(name.isEmpty()) << w->metaObject()->className() << " "
                                 << w->objectName().toStdString() << " in "
                                 << w->parent()->metaObject()->className();
  }
}

TEST_F(Robust, ShortcutsAreThereAndUnique) {
  std::map<QString, QString> taken;
  std::set<std::string> without;
  for (const auto& [name, action] : window().actions()) {
    const QString keys = action->shortcut().toString();
    if (keys.isEmpty()) {
      without.insert(name.toStdString());
      continue;
    }
    EXPECT_TRUE(taken.emplace(keys, name).second)
        << keys.toStdString() << ": " << name.toStdString() << " and " << taken[keys].toStdString();
  }
  // By F2 on the canvas, and two that nobody does twice a day.
  EXPECT_EQ(without, (std::set<std::string>{"about", "english", "korean", "rename"}));
}

/// Source texts of a .ts file that have no finished translation.
std::vector<std::string> unfinished(const QString& path, std::size_t& all) {
  std::vector<std::string> out;
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
  QXmlStreamReader xml(&file);
  QString source;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("source")) {
      source = xml.readElementText();
      ++all;
    } else if (xml.name() == QLatin1String("translation")) {
      const QString type = xml.attributes().value("type").toString();
      const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
      if (type == "unfinished" || (text.isEmpty() && type.isEmpty())) {
        out.push_back(source.toStdString());
      }
    }
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  return out;
}

TEST(Translation, IsComplete) {
  for (const char* name : {"nines_ko.ts", "library_ko.ts"}) {
    std::size_t all = 0;
    const auto missing =
        unfinished(QString(NINES_SOURCE_DIRECTORY) + "/gui/translations/" + name, all);
    EXPECT_GT(all, 50u) << name;
    EXPECT_TRUE(missing.empty()) << name << ": " << missing.size() << " of " << all
                                 << " are missing, the first is: " << missing.front();
  }
}

/// All that declarations say to a person.
void gather(const Record& record, std::set<const Record*>& seen, std::set<std::string>& out) {
  for (const Parameter& p : record.parameters) {
    if (!p.later.empty()) continue;
    out.insert(p.help);
    out.insert(expected_of(p));
    if (!p.default_source.empty()) out.insert(p.default_source);
    if (p.record && seen.insert(p.record.get()).second) gather(*p.record, seen, out);
  }
}

TEST(Translation, HasWhatDeclarationsSay) {
  std::set<std::string> said;
  std::set<const Record*> seen;
  gather(document_record(), seen, said);
  for (const Kind& kind : all_kinds()) {
    said.insert({kind.record.name, kind.record.help});
    gather(kind.record, seen, said);
  }
  for (const Policy& policy : all_policies()) {
    said.insert({policy.record.name, policy.record.help});
    gather(policy.record, seen, said);
  }
  QFile file(QString(NINES_SOURCE_DIRECTORY) + "/gui/translations/library_ko.ts");
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  std::set<std::string> sources;
  for (QXmlStreamReader xml(&file); !xml.atEnd();) {
    xml.readNext();
    if (xml.isStartElement() && xml.name() == QLatin1String("source")) {
      sources.insert(xml.readElementText().toStdString());
    }
  }
  EXPECT_GT(said.size(), 300u);
  for (const std::string& sentence : said) {
    EXPECT_EQ(sources.count(sentence), 1u) << "no Korean for: " << sentence;
  }
}

TEST_F(Robust, SaysAllInKorean) {
  window().set_language("ko");
  // Every sentence that playing back the library tells.
  std::set<std::string> patterns;
  for (const std::string& name : library_names()) {
    Loaded loaded = load_topology_file(library_path(name));
    Playback playback(*loaded.topology, 1, 0, 3 * kYear_s);
    for (int i = 0; i < 400 && playback.step(); ++i) {
    }
    for (const StoryLine& line : playback.story()) {
      if (!line.pattern.empty()) patterns.insert(line.pattern);
    }
  }
  EXPECT_GT(patterns.size(), 10u);
  for (const std::string& pattern : patterns) {
    if (pattern == "{}" || pattern == "{}: {}") continue;
    const QString said = QCoreApplication::translate("Story", pattern.c_str());
    EXPECT_NE(said.toStdString(), pattern);
  }
  for (const std::string& name : library_names()) {
    const LibraryText in_korean = library_text(QString::fromStdString(name));
    window().set_language("en");
    const LibraryText in_english = library_text(QString::fromStdString(name));
    window().set_language("ko");
    EXPECT_NE(in_korean.title.toStdString(), in_english.title.toStdString()) << name;
    EXPECT_TRUE(in_korean.about != in_english.about) << name;
  }
}

TEST_F(Robust, ChangesItsLook) {
  window().open_library("web-shop");
  const QImage light = window().grab().toImage();
  window().action("dark")->trigger();
  const QImage dark = window().grab().toImage();
  EXPECT_NE(light, dark);
  EXPECT_GT(qGray(light.pixel(5, 400)), 200);
  EXPECT_LT(qGray(dark.pixel(5, 400)), 60);
  window().action("dark")->trigger();
  EXPECT_EQ(window().grab().toImage(), light);
}

TEST(Words, SayDurationsInTwoUnits) {
  const auto plain = [](double s) { return duration(s).replace(QChar(0x00A0), ' ').toStdString(); };
  EXPECT_EQ(plain(0), "0 s");
  EXPECT_EQ(plain(0.0032), "3.2 ms");
  EXPECT_EQ(plain(41), "41 s");
  EXPECT_EQ(plain(9060), "2 h 31 min");
  EXPECT_EQ(plain(59.99), "1 min");
  EXPECT_EQ(plain(3599.9), "1 h");
  EXPECT_EQ(plain(86399), "1 d");
  EXPECT_EQ(plain(90000), "1 d 1 h");
  EXPECT_EQ(plain(-90), "−1 min 30 s");
}

TEST(Words, TellSharesFromOne) {
  EXPECT_EQ(percent(0.999712).toStdString(), "99.97120 %");
  EXPECT_EQ(percent(Estimate{0.999712, 0.999691, 0.999733}).toStdString(), "99.9712 % ± 0.0021");
  EXPECT_EQ(number(-8.06).toStdString(), "−8.06");
  EXPECT_EQ(number(1234567).toStdString(), "1,234,567");
}

TEST(Charts, AreWrittenInAllFormats) {
  QTemporaryDir folder;
  Loaded loaded = load_topology_file(library_path("web-shop"));
  Experiment experiment = experiment_for(*loaded.topology);
  experiment.runs = 640;
  const RunResult result = run_to_the_end(*loaded.topology, experiment);
  for (const Chart& chart : charts_of(result, 0)) {
    for (const char* ending : {"png", "svg", "pdf", "csv"}) {
      const QString path = folder.path() + "/" + QString::fromStdString(chart.key) + "." + ending;
      save_chart(chart, light_theme(), path);
      QFile file(path);
      ASSERT_TRUE(file.open(QIODevice::ReadOnly));
      const QByteArray head = file.read(200);
      if (QString(ending) == "svg") {
        // Title, axes, ticks: a picture without words tells nothing.
        EXPECT_GE(file.readAll().count("<text "), 6) << chart.key;
      }
      const std::map<QString, QByteArray> marks{
          {"png", "\x89PNG"}, {"svg", "<svg"}, {"pdf", "%PDF"}, {"csv", "series,x,y,low,high\r\n"}};
      EXPECT_TRUE(head.contains(marks.at(ending))) << path.toStdString();
    }
  }
  EXPECT_THROW(save_chart(charts_of(result, 0)[0], light_theme(), folder.path() + "/a.gif"),
               std::runtime_error);
  EXPECT_THROW(save_chart(charts_of(result, 0)[0], light_theme(), "/there/is/no/such/a.png"),
               std::runtime_error);
}

TEST(Charts, AreTheSamePictureTwice) {
  QTemporaryDir folder;
  Loaded loaded = load_topology_file(library_path("etcd-three"));
  Experiment experiment = experiment_for(*loaded.topology);
  experiment.runs = 640;
  QByteArray first[2];
  for (QByteArray& bytes : first) {
    const RunResult result = run_to_the_end(*loaded.topology, experiment);
    const QString path = folder.path() + "/a.png";
    save_chart(blame_chart(result, 0), light_theme(), path);
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    bytes = file.readAll();
  }
  EXPECT_EQ(first[0], first[1]);
}

TEST(Program, WritesChartsWithoutADisplay) {
  QTemporaryDir folder;
  QProcess program;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.remove("DISPLAY");
  environment.remove("QT_QPA_PLATFORM");
  program.setProcessEnvironment(environment);
  program.start(NINES_GUI_PROGRAM,
                {"--export", "two-sites-asynchronous", "--charts", folder.path() + "/figures"});
  ASSERT_TRUE(program.waitForFinished(120'000));
  EXPECT_EQ(program.exitCode(), 0) << program.readAllStandardError().toStdString();
  for (const char* name : {"topology.svg", "shop-downtime.png", "shop-blame.csv",
                           "shop-lost-writes.pdf", "shop-convergence.svg"}) {
    EXPECT_TRUE(QFile::exists(folder.path() + "/figures/" + name)) << name;
  }
  program.start(NINES_GUI_PROGRAM, {"--export", "there-is-none"});
  ASSERT_TRUE(program.waitForFinished(10'000));
  EXPECT_EQ(program.exitCode(), 2);
  program.start(NINES_GUI_PROGRAM, {"--export", "there-is-none", "--charts", folder.path()});
  ASSERT_TRUE(program.waitForFinished(10'000));
  EXPECT_EQ(program.exitCode(), 3);
  program.start(NINES_GUI_PROGRAM, {"--help"});
  ASSERT_TRUE(program.waitForFinished(10'000));
  EXPECT_EQ(program.exitCode(), 0);
}

}  // namespace
}  // namespace nines::gui::test
