using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Onnx;

namespace BroadcastCaptions.Speech.Rewriting;

/// <summary>A rewritten graph on its way to the disk.</summary>
internal static class GraphFile
{
    /// <summary>Writes a graph.</summary>
    /// <param name="model">The graph; its weights are changed where that is asked for.</param>
    /// <param name="path">The file.</param>
    /// <param name="unsigned">Is it for a processor without VNNI?</param>
    public static void Write(OnnxModel model, string path, bool unsigned)
    {
        if (unsigned) UnsignedWeights.Write(model.Graph);
        OnnxWriter.Write(model, path);
    }
}
