// What is drawn on the canvas: components, edges between them, and areas around them.
#pragma once

#include <optional>
#include <vector>

#include <QGraphicsItem>
#include <QPixmap>
#include <QStaticText>

#include "gui/look/theme.hpp"

namespace nines::gui {

/// What is shown of a thing besides its name: never by colour alone.
struct Mark {
  QColor color;         ///< of its border and badge; invalid: none
  QString badge;        ///< one or two characters in its corner
  QString caption;      ///< a line below its name
  double fill = 0.0;    ///< how much of the colour is in its ground, 0 to 1
  bool hollow = false;  ///< drawn with a broken border: it stands by
  bool operator==(const Mark&) const = default;
};

inline constexpr int kItemWidth = 88;
inline constexpr int kItemHeight = 76;

class EdgeItem;
class AreaItem;

class ComponentItem final : public QGraphicsItem {
 public:
  enum { Type = UserType + 1 };
  ComponentItem(QString name, QString kind, const Theme* theme);

  int type() const override { return Type; }
  const QString& name() const { return name_; }
  const QString& kind() const { return kind_; }
  void set_mark(const Mark& mark);
  const Mark& mark() const { return mark_; }
  void set_problem(const QString& text);
  void refresh();  ///< the theme is another

  std::vector<EdgeItem*> edges;
  std::vector<AreaItem*> areas;

  QRectF boundingRect() const override;
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

 protected:
  QVariant itemChange(GraphicsItemChange change, const QVariant& value) override;

 private:
  QString name_;
  QString kind_;
  const Theme* theme_;
  Mark mark_;
  QString problem_;
  QPixmap icon_;
  QStaticText label_;
};

class EdgeItem final : public QGraphicsItem {
 public:
  enum { Type = UserType + 2 };
  enum class Kind : unsigned char {
    link,
    stream,  ///< writes, from copy to copy
    chain,   ///< requests, from step to step
    needs,
  };
  EdgeItem(QString name, Kind kind, ComponentItem* from, ComponentItem* to, const Theme* theme);

  int type() const override { return Type; }
  const QString& name() const { return name_; }
  Kind kind() const { return kind_; }
  void set_mark(const Mark& mark);
  const Mark& mark() const { return mark_; }
  /// How much goes over it, from 0 to 1 of the most there is, and in words.
  void set_traffic(double share, const QString& text);
  void follow();

  QRectF boundingRect() const override { return bounds_; }
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

 private:
  QString name_;
  Kind kind_;
  ComponentItem* from_;
  ComponentItem* to_;
  const Theme* theme_;
  Mark mark_;
  double traffic_ = 0.0;
  QString traffic_text_;
  QLineF line_;
  QRectF bounds_;
};

/// A domain or a group: an area around its members.
class AreaItem final : public QGraphicsItem {
 public:
  enum { Type = UserType + 3 };
  enum class Kind : unsigned char { domain, group };
  AreaItem(QString name, QString title, Kind kind, QColor color, int margin, const Theme* theme);

  int type() const override { return Type; }
  const QString& name() const { return name_; }
  Kind kind() const { return kind_; }
  void set_mark(const Mark& mark);
  void follow();

  std::vector<ComponentItem*> members;

  QRectF boundingRect() const override { return box_.adjusted(-3, -3, 3, 3); }
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

 private:
  QRectF title_box() const;
  QPainterPath bubble() const;
  QString name_;
  QString title_;
  Kind kind_;
  QColor color_;
  int margin_;
  const Theme* theme_;
  Mark mark_;
  QRectF box_;
  QPainterPath outline_;
};

}  // namespace nines::gui
