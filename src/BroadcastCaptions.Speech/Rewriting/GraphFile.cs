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
    /// <param name="apart">With the weights in a file beside it: it is loaded sooner, at every start.</param>
    public static void Write(OnnxModel model, string path, bool unsigned, bool apart = false)
    {
        if (unsigned) UnsignedWeights.Write(model.Graph);
        if (apart) OnnxWriter.WriteApart(model, path);
        else OnnxWriter.Write(model, path);
    }

    /// <summary>Deletes a graph, and its weights where they lie beside it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(WeightFile.Of(path));
    }
}
