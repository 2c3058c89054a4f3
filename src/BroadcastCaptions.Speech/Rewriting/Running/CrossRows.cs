using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Rewriting.Running;

/// <summary>
/// Keys and values of several windows, one behind the other, for a decoder that attends to all at once. Windows may differ in length: they are
/// laid out as long as the longest, and a mask says where the others end.
/// </summary>
/// <param name="shape">The decoder's sizes.</param>
/// <param name="cross">Keys and values of the window that was attended to last.</param>
/// <param name="rows">Most windows.</param>
/// <param name="longest">Most positions of a window.</param>
internal sealed class CrossRows(FusedShape shape, CrossAttention cross, int rows, int longest)
{
    private const float Nothing = -1e9f; // its share of the attention is 0

    private readonly string[] _names = [.. shape.Names("cross")];
    private readonly float[][] _parts = [.. Enumerable.Range(0, 2 * shape.Layers).Select(_ => Pinned(rows * shape.Heads * longest * shape.HeadSize))];
    private readonly float[] _mask = Pinned(rows * longest);
    private readonly List<int> _lengths = []; // the rows' own
    private int _room; // positions that each row is laid out in; 0: they lie one behind the other as they came

    /// <summary>Windows.</summary>
    public int Count => _lengths.Count;

    /// <summary>The window that was attended to last becomes another row.</summary>
    public void Add()
    {
        var start = _lengths.Sum() * shape.Heads * shape.HeadSize;
        foreach (var ((_, part), memory) in cross.Named.Zip(_parts)) part.GetTensorDataAsSpan<float>().CopyTo(memory.AsSpan(start));
        _lengths.Add(cross.Length);
        _room = 0;
    }

    /// <summary>Lays the rows out: no other is added before all have ended.</summary>
    public void LayOut()
    {
        _room = _lengths.Max();
        for (var i = 0; i < _parts.Length; i++) Spread(_parts[i], perHead: IsTurned(i) ? shape.HeadSize : 1, width: IsTurned(i) ? 1 : shape.HeadSize);
        _mask.AsSpan(0, Count * _room).Clear();
        for (var row = 0; row < Count; row++) _mask.AsSpan(row * _room, _room)[_lengths[row]..].Fill(Nothing);
    }

    /// <summary>Ends a row; the last one takes its number.</summary>
    public void Drop(int row)
    {
        var last = Count - 1;
        if (row != last)
        {
            foreach (var part in _parts) part.AsSpan(last * Row, Row).CopyTo(part.AsSpan(row * Row));
            _mask.AsSpan(last * _room, _room).CopyTo(_mask.AsSpan(row * _room));
        }

        _lengths[row] = _lengths[last];
        _lengths.RemoveAt(last);
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _lengths.Clear();

    /// <summary>Some rows that were laid out, by the names of the decoder's inputs; the caller disposes of the values.</summary>
    public IEnumerable<(string Name, OrtValue Value)> Of(int first, int count)
    {
        for (var i = 0; i < _parts.Length; i++)
        {
            long[] dimensions = IsTurned(i) ? [count, shape.Heads, shape.HeadSize, _room] : [count, shape.Heads, _room, shape.HeadSize];
            yield return (_names[i], Value(_parts[i], first * Row, count * Row, dimensions));
        }

        yield return (FusedShape.MaskName, Value(_mask, first * _room, count * _room, [count, 1, 1, _room]));
    }

    private int Row => shape.Heads * _room * shape.HeadSize;

    private static bool IsTurned(int part) => part % 2 == 0; // a key

    /// <summary>Moves the lines of every row apart, from the last one on, so that none is written over before it was moved; what lies between them becomes zero.</summary>
    /// <param name="memory">The rows.</param>
    /// <param name="perHead">Lines of a head.</param>
    /// <param name="width">Floats of a position in a line.</param>
    private void Spread(float[] memory, int perHead, int width)
    {
        var lines = shape.Heads * perHead;
        var source = _lengths.Sum() * lines * width;
        for (var row = Count - 1; row >= 0; row--)
        {
            var length = _lengths[row] * width;
            for (var line = lines - 1; line >= 0; line--)
            {
                source -= length;
                var target = ((row * lines) + line) * _room * width;
                if (target != source) memory.AsSpan(source, length).CopyTo(memory.AsSpan(target));
                memory.AsSpan(target + length, (_room * width) - length).Clear();
            }
        }
    }

    private static OrtValue Value(float[] memory, int start, int length, long[] dimensions) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory.AsMemory(start, length), dimensions);

    private static float[] Pinned(int length) => GC.AllocateUninitializedArray<float>(length, pinned: true);
}
