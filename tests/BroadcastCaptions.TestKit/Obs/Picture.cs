using System.Text;

namespace BroadcastCaptions.TestKit.Obs;

/// <summary>A picture in 8-bit RGB.</summary>
public sealed class Picture
{
    private readonly byte[] _pixmap;
    private readonly int _start;

    private Picture(byte[] pixmap, int start, int width, int height) => (_pixmap, _start, Width, Height) = (pixmap, start, width, height);

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The brightness of a pixel, 0 … 255.</summary>
    public int this[int x, int y]
    {
        get
        {
            var at = _start + 3 * (y * Width + x);
            return (_pixmap[at] + _pixmap[at + 1] + _pixmap[at + 2]) / 3;
        }
    }

    /// <summary>Reads a binary portable pixmap ("P6", 8 bits), the simplest form that FFmpeg writes.</summary>
    public static Picture FromPixmap(byte[] pixmap)
    {
        var head = new List<string>();
        var at = 0;
        while (head.Count < 4)
        {
            var end = Array.FindIndex(pixmap, at, b => b is (byte)' ' or (byte)'\n');
            head.Add(Encoding.ASCII.GetString(pixmap, at, end - at));
            at = end + 1;
        }

        if (head is not ["P6", _, _, "255"]) throw new InvalidDataException($"Not an 8-bit pixmap: {string.Join(' ', head)}.");
        return new Picture(pixmap, at, int.Parse(head[1]), int.Parse(head[2]));
    }

    /// <summary>Bright pixels in a share of the picture, counted from the bottom: what captions there would bring.</summary>
    /// <param name="bottomShare">0 … 1: 0.25 is the lowest quarter.</param>
    /// <param name="brightness">0 … 255.</param>
    public int BrightPixels(double bottomShare, int brightness = 200)
    {
        var count = 0;
        for (var y = (int)(Height * (1 - bottomShare)); y < Height; y++)
            for (var x = 0; x < Width; x++)
                if (this[x, y] >= brightness) count++;
        return count;
    }
}
