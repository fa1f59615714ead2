// nines-gui: the front end.
#include <cstdio>

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QFontMetrics>

#include "gui/look/icons.hpp"
#include "gui/main_window.hpp"
#include "gui/work/export.hpp"
#include "nines_version.hpp"

namespace {

using namespace nines::gui;

constexpr int kWrongUsage = 2;
constexpr int kBadInput = 3;

/// A name without a path is looked up in the library, as everywhere.
QString found(const QString& name) {
  if (QFileInfo::exists(name) || name.contains('/')) return name;
  const std::string in_library = nines::library_path(name.toStdString());
  return in_library.empty() ? name : QString::fromStdString(in_library);
}

}  // namespace

int main(int argc, char** argv) {
  // Options first: --help and --export work without a display.
  QCommandLineParser parser;
  parser.setApplicationDescription(
      "Draw a topology, run it, watch it fail.\n\nExamples:\n  nines-gui web-shop\n"
      "  nines-gui --export shop.yaml --charts figures");
  parser.addPositionalArgument("FILE", "A topology, or a name of the library.", "[FILE]");
  const QCommandLineOption help({"h", "help"}, "Shows this help.");
  const QCommandLineOption version({"v", "version"}, "Shows the version.");
  const QCommandLineOption figures(
      "export", "Simulates FILE and writes its charts, without a window.", "FILE");
  const QCommandLineOption charts("charts", "With --export: where to write them.", "DIR");
  const QCommandLineOption dark("dark", "With --export: for a dark ground.");
  parser.addOptions({help, version, figures, charts, dark});
  QStringList arguments;
  for (int i = 0; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
  if (!parser.parse(arguments)) {
    std::fprintf(stderr, "nines-gui: %s\n", qPrintable(parser.errorText()));
    return kWrongUsage;
  }
  if (parser.isSet(help)) {
    std::printf("%s", qPrintable(parser.helpText()));
    return 0;
  }
  if (parser.isSet(version)) {
    std::printf("nines-gui %s, Qt %s\n", NINES_VERSION, qVersion());
    return 0;
  }
  if (parser.isSet(figures) != parser.isSet(charts)) {
    std::fprintf(stderr, "nines-gui: --export FILE and --charts DIR go together\n");
    return kWrongUsage;
  }
  if (parser.isSet(figures)) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setStyle("Fusion");
    try {
      export_charts(found(parser.value(figures)), parser.value(charts),
                    parser.isSet(dark) ? dark_theme() : light_theme());
    } catch (const std::exception& error) {
      std::fprintf(stderr, "nines-gui: %s\n", error.what());
      return kBadInput;
    }
    return 0;
  }
  QApplication app(argc, argv);
  QApplication::setOrganizationName("nines");
  QApplication::setApplicationName("nines-gui");
  QApplication::setApplicationVersion(NINES_VERSION);
  QApplication::setDesktopFileName("nines-gui");
  QApplication::setStyle("Fusion");
  QApplication::setWindowIcon(QIcon(":/icons/nines.svg"));
  if (!QFontMetrics(QApplication::font()).inFontUcs4(0xAC00)) {
    std::fprintf(stderr, "nines-gui: no Korean font; the package fonts-nanum has one\n");
  }
  MainWindow window;
  window.show();
  const bool taken = window.offer_recoveries();
  const QStringList files = parser.positionalArguments();
  // What was just taken back is not put away for it.
  if (!files.isEmpty() && !taken) window.open(found(files.front()));
  return QApplication::exec();
}
