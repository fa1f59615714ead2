// Canvas: the document as a drawing, and the ways to change it by hand.
#pragma once

#include <functional>
#include <map>

#include <QGraphicsScene>
#include <QGraphicsView>

#include "gui/canvas/items.hpp"
#include "gui/document/document.hpp"

namespace nines::gui {

/// The drawing of a document, made anew whenever that changes.
class CanvasScene final : public QGraphicsScene {
  Q_OBJECT
 public:
  explicit CanvasScene(Document& document, QObject* parent = nullptr);
  ~CanvasScene() override;

  void set_theme(const Theme& theme);
  const Theme& theme() const { return theme_; }

  ComponentItem* component(const QString& name) const;
  const std::map<QString, ComponentItem*>& components() const { return components_; }
  const std::multimap<QString, EdgeItem*>& edges() const { return edges_; }
  const std::map<QString, AreaItem*>& areas() const { return areas_; }

  /// Names of what is selected: components, links, streams, groups, "domain:rack-a".
  QStringList selected_names() const;
  void select(const QStringList& names);
  std::vector<ComponentItem*> selected_components() const;

  /// Shows something on top of the drawing: SPOFs, states. Taken away by a change of the document.
  void mark(const QString& name, const Mark& mark);
  void set_traffic(const QString& link, double share, const QString& text);
  void clear_marks();
  QRectF drawn() const;

 Q_SIGNALS:
  void names_selected(const QStringList& names);
  /// The drawing was made anew: marks have to be set again.
  void drawn_anew();

 protected:
  void drawBackground(QPainter* painter, const QRectF& rect) override;

 private:
  void document_changed();
  void rebuild();
  void add_edges();
  void add_areas();
  void show_problems();
  void leaves(std::size_t group, std::vector<ComponentItem*>& out) const;

  Document& document_;
  Theme theme_ = light_theme();
  std::map<QString, ComponentItem*> components_;
  std::multimap<QString, EdgeItem*> edges_;
  std::map<QString, AreaItem*> areas_;
  bool rebuilding_ = false;
  std::string drawing_;  ///< all that the drawing shows, as a text
};

/// The window onto it: zoom, pan, drop, keys and the tools.
class CanvasView final : public QGraphicsView {
  Q_OBJECT
 public:
  enum class Tool : unsigned char { select, link, stream };

  CanvasView(Document& document, CanvasScene& scene, QWidget* parent = nullptr);

  void set_tool(Tool tool);
  Tool tool() const { return tool_; }
  /// In playback the drawing is looked at, not changed.
  void set_read_only(bool read_only);
  bool read_only() const { return read_only_; }

  void fit();
  void zoom_by(double factor);
  void show_thing(const QString& name);

  // What the menus do. Each is one command.
  QString add(const QString& kind, QPointF at);
  QString add_in_the_middle(const QString& kind);
  void remove_selected();
  void copy_selected();
  void cut_selected();
  void paste();
  void duplicate_selected();
  void select_everything();
  enum class Edge : unsigned char { left, right, top, bottom, row, column };
  void align(Edge edge);
  void lay_out();
  void group_selected(const QString& policy);
  void put_in_domain();
  void link_selected();
  void service_from_selected();

  static constexpr const char* kMime = "application/x-nines-kind";

 Q_SIGNALS:
  void tool_changed();
  /// A thing was clicked in playback.
  void clicked_to_look(const QString& name, QPoint global);
  void say(const QString& text);

 protected:
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  ComponentItem* component_at(QPoint position) const;
  std::map<std::string, Position> positions_of_selected() const;
  void keep_positions(const QString& what, const QString& merge = {});
  void connect_to(ComponentItem* from, ComponentItem* to);
  std::vector<std::string> selected() const;

  Document& document_;
  CanvasScene& scene_;
  Tool tool_ = Tool::select;
  bool read_only_ = false;
  bool moved_by_user_ = false;
  bool fitted_ = false;
  ComponentItem* connecting_ = nullptr;
  QGraphicsLineItem* rubber_ = nullptr;
  QPoint pan_from_;
  QPoint pressed_at_;
  bool panning_ = false;
  std::map<QString, QPointF> before_drag_;

 Q_SIGNALS:
  void rename_asked(const QString& name);
};

}  // namespace nines::gui
