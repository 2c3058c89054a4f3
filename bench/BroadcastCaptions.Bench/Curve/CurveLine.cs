namespace BroadcastCaptions.Bench.Curve;

/// <summary>A model's points, from the quickest policy to the steadiest.</summary>
internal sealed record CurveLine(string Model, IReadOnlyList<CurvePoint> Points);

/// <summary>One display policy with one model.</summary>
/// <param name="Name">The policy, or the time that a word must survive.</param>
/// <param name="Median">Word end → right, median, seconds.</param>
/// <param name="Tail">The same, 95th percentile.</param>
/// <param name="Erasure">Normalised erasure.</param>
/// <param name="Words">On how many words it rests.</param>
internal sealed record CurvePoint(string Name, double Median, double Tail, double Erasure, int Words);
