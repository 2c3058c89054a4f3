namespace BroadcastCaptions.Speech.Rewriting.Emission;

/// <summary>The tables of the rotary embedding: cosine and sine of position × frequency.</summary>
internal static class Rotation
{
    /// <summary>Name of the cosines.</summary>
    public const string Cosines = "cosines";

    /// <summary>Name of the sines.</summary>
    public const string Sines = "sines";

    /// <summary>Adds both tables, [positions, frequencies].</summary>
    public static void Add(GraphBuilder graph, float[] frequencies, int positions)
    {
        var angles = Enumerable.Range(0, positions).SelectMany(position => frequencies.Select(frequency => (double)position * frequency)).ToList();
        long[] shape = [positions, frequencies.Length];
        graph.Constant(Cosines, shape, angles.Select(angle => (float)Math.Cos(angle)).ToArray());
        graph.Constant(Sines, shape, angles.Select(angle => (float)Math.Sin(angle)).ToArray());
    }
}
