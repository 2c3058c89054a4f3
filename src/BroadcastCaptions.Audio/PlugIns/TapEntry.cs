namespace BroadcastCaptions.Audio.PlugIns;

/// <summary>What waits between a plug-in's connection and the consumer: a block of sound, or a change of what is on air; in order.</summary>
/// <param name="Start">Media time in seconds.</param>
/// <param name="Format">Of a block.</param>
/// <param name="Samples">Of a block, from the shared pool; null: a change.</param>
/// <param name="Length">How many samples.</param>
/// <param name="OnAir">On air from here?</param>
/// <param name="Why">Why not, for the user.</param>
internal readonly record struct TapEntry(double Start, AudioFormat Format, float[]? Samples, int Length, bool OnAir, string Why)
{
    /// <summary>A change of what is on air.</summary>
    public static TapEntry Edge(double at, bool onAir, string why) => new(at, default, null, 0, onAir, why);
}
