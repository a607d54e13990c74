package io.pocketllm.app.chart;

import org.jfree.data.DomainOrder;
import org.jfree.data.xy.AbstractXYDataset;

/**
 * One thinned line as the chart library wants it. Replacing the points tells nobody; the chart is
 * told once for all lines.
 */
final class PointsDataset extends AbstractXYDataset {

    private static final long serialVersionUID = 1;

    private final String name;
    private transient Points points = Points.NONE;

    PointsDataset(String name) {
        this.name = name;
    }

    void replace(Points newPoints) {
        points = newPoints;
    }

    Points points() {
        return points;
    }

    @Override
    public DomainOrder getDomainOrder() {
        return DomainOrder.ASCENDING;
    }

    @Override
    public int getSeriesCount() {
        return 1;
    }

    @Override
    public Comparable<String> getSeriesKey(int series) {
        return name;
    }

    @Override
    public int getItemCount(int series) {
        return points.size();
    }

    @Override
    public Number getX(int series, int item) {
        return points.xs()[item];
    }

    @Override
    public double getXValue(int series, int item) {
        return points.xs()[item];
    }

    @Override
    public Number getY(int series, int item) {
        return points.ys()[item];
    }

    @Override
    public double getYValue(int series, int item) {
        return points.ys()[item];
    }
}
