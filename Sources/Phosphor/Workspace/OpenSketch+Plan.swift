import Editor
import GLSL

extension OpenSketch {
    /// The source as it is tried: mistakes in `sketch.toml` that were there before anything of this sketch was good are
    /// told and harm nothing else; any other keeps the last good picture up, as a mistake in a stage does.
    func tolerating(_ source: SketchSource) -> SketchSource {
        let text = text.texts(at: text.current)[.plan]
        if lastGood == nil { toleratedPlan = text }
        var source = source
        source.toleratesPlan = text == toleratedPlan
        return source
    }
}
