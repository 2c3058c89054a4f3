using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.Obs.Tests.Real;

/// <summary>Where in a picture something bright is: first and last column and row that hold some.</summary>
internal sealed record PictureBox(int Left, int Top, int Right, int Bottom)
{
    private const int Bright = 200;

    public static PictureBox? Of(Picture picture)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                if (picture[x, y] < Bright) continue;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            }
        }

        return right < 0 ? null : new PictureBox(left, top, right, bottom);
    }

    /// <summary>Are the pixels of this box the same in both pictures?</summary>
    public bool IsSameIn(Picture a, Picture b)
    {
        for (var y = Top; y <= Bottom; y++)
            for (var x = Left; x <= Right; x++)
                if (a[x, y] != b[x, y]) return false;
        return true;
    }

    public static bool AreSame(Picture a, Picture b) => new PictureBox(0, 0, a.Width - 1, a.Height - 1).IsSameIn(a, b);
}
