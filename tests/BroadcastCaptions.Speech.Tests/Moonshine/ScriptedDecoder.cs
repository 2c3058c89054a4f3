using BroadcastCaptions.Speech.Decoding;
using BroadcastCaptions.Speech.Moonshine;

namespace BroadcastCaptions.Speech.Tests.Moonshine;

/// <summary>A decoder that would say one fixed text, whatever it has been told it said so far.</summary>
internal sealed class ScriptedDecoder(params int[] text) : ITokenDecoder
{
    private readonly List<long> _taken = [];
    private float[] _rows = [];

    public int VocabularySize => 40;

    public int Steps { get; private set; }

    public float SecondScore { get; init; } = 5;

    public ReadOnlySpan<float> Start(ReadOnlySpan<long> tokens, int firstRow = 0)
    {
        _taken.Clear();
        _taken.AddRange(tokens);
        _rows = new float[tokens.Length * VocabularySize];
        for (var i = 0; i < tokens.Length; i++) Score(_rows.AsSpan(i * VocabularySize, VocabularySize), i);
        return _rows.AsSpan(firstRow * VocabularySize);
    }

    public void Keep(int count) => _taken.RemoveRange(count, _taken.Count - count);

    public ReadOnlySpan<float> Step(long token)
    {
        Steps++;
        _taken.Add(token);
        var row = new float[VocabularySize];
        Score(row, _taken.Count - 1);
        return row;
    }

    public void Attend(Microsoft.ML.OnnxRuntime.OrtValue states, int length, int capacity)
    {
    }

    public void Dispose()
    {
    }

    /// <summary>The script's next token scores highest, the one after it second.</summary>
    private void Score(Span<float> row, int position)
    {
        row[At(position)] = 10;
        row[At(position + 1)] = Math.Max(row[At(position + 1)], SecondScore);
    }

    private int At(int position) => position < text.Length ? text[position] : GreedySearch.End;
}
