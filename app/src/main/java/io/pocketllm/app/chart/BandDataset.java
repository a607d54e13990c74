package io.pocketllm.app.chart;

import org.jfree.data.DomainOrder;
import org.jfree.data.xy.AbstractIntervalXYDataset;

/** A mean and how far around it values lie, as the chart library wants it. */
final class BandDataset extends AbstractIntervalXYDataset {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient OverlayLine.Curve curve;

    BandDataset(String name, OverlayLine.Curve curve) {
        this.name = name;
        this.curve = curve;
    }

    /** Half the width of the band; 0 for one run. */
    private double around(int item) {
        double deviation = curve.deviation() == null ? 0 : curve.deviation()[item];
        return Double.isFinite(deviation) ? deviation : 0;
    }

    double minY() {
        return extreme(-1);
    }

    double maxY() {
        return extreme(1);
    }

    /** The largest finite value on one side; NaN where there is none. */
    private double extreme(int side) {
        double most = Double.NaN;
        for (int i = 0; i < curve.mean().size(); i++) {
            double y = side * curve.mean().ys()[i] + around(i);
            if (Double.isFinite(y) && !(y <= most)) {
                most = y;
            }
        }
        return side * most;
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
        return curve.mean().size();
    }

    @Override
    public Number getX(int series, int item) {
        return curve.mean().xs()[item];
    }

    @Override
    public Number getY(int series, int item) {
        return curve.mean().ys()[item];
    }

    @Override
    public Number getStartX(int series, int item) {
        return getX(series, item);
    }

    @Override
    public Number getEndX(int series, int item) {
        return getX(series, item);
    }

    @Override
    public Number getStartY(int series, int item) {
        return curve.mean().ys()[item] - around(item);
    }

    @Override
    public Number getEndY(int series, int item) {
        return curve.mean().ys()[item] + around(item);
    }
}
