package io.pocketllm.app.help;

import java.io.IOException;
import java.io.InputStream;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;

/** A picture as wide as the column, never wider than it is. */
final class GuidePicture extends Region {

    private final ImageView view;
    private final Image image;

    private GuidePicture(Image image, String words) {
        this.image = image;
        view = new ImageView(image);
        view.setPreserveRatio(true);
        view.setSmooth(true);
        getStyleClass().add("guide-picture");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(words);
        getChildren().setAll(view);
    }

    /**
     * A picture of the guide; its words where this build lacks it.
     *
     * @param name such as "images/runs.png"
     * @param words what it shows, for those who do not see it
     */
    static Node of(String name, String words) {
        try (InputStream in = Handbook.open(name)) {
            Image image = in == null ? null : new Image(in);
            if (image != null && !image.isError()) {
                return new GuidePicture(image, words);
            }
        } catch (IOException e) {
            // Its words stand for it.
        }
        Label instead = new Label("[" + words + "]");
        instead.getStyleClass().add("muted");
        instead.setWrapText(true);
        return instead;
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    private double fit(double width) {
        double room = width - snappedLeftInset() - snappedRightInset();
        return Math.max(1, Math.min(room, image.getWidth()));
    }

    @Override
    protected double computeMinWidth(double height) {
        return 1;
    }

    @Override
    protected double computePrefWidth(double height) {
        return image.getWidth() + snappedLeftInset() + snappedRightInset();
    }

    @Override
    protected double computePrefHeight(double width) {
        double wide = width < 0 ? image.getWidth() : fit(width);
        return Math.ceil(wide * image.getHeight() / image.getWidth())
                + snappedTopInset()
                + snappedBottomInset();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computeMaxWidth(double height) {
        return computePrefWidth(height);
    }

    @Override
    protected void layoutChildren() {
        view.setFitWidth(fit(getWidth()));
        view.relocate(snappedLeftInset(), snappedTopInset());
    }
}
